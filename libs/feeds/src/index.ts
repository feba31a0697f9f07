export { decoderFor, decodeText } from './decode-text.js';
export { readEndOfSupport, SupportEntry } from './end-of-support.js';
export { EpssEntry, readEpss } from './epss.js';
export {
  ageProblem,
  type FeedEntry,
  type FeedReader,
  type ParsedFeed,
  pieceChars,
  type Reading,
  readText,
  ttlDays,
} from './feed.js';
export { type BuildState, buildState, compareBuilds, type FixedBuild, type FixedBuildTable } from './fixed-build.js';
export {
  type FixedBuildKind,
  FixedBuildRow,
  readFixedBuilds,
  tableOf,
  tableText,
} from './fixed-build-table.js';
export { Bulletin, bulletinKey, kbOf, readKbCatalogue } from './kb-catalogue.js';
export { KevEntry, readKev } from './kev.js';
export { kindOf } from './kind-of.js';
export { type Dated, lookUp } from './look-up.js';
export {
  cvesOfMissing,
  type Hole,
  type MissingBulletin,
  type MissingBulletins,
  ProductIndex,
} from './missing-bulletins.js';
export { parseSysteminfo, type Systeminfo } from './systeminfo.js';
export { bundledEndOfSupport } from './tables/end-of-support.js';
export { esxiBuilds, vcenterExploited } from './tables/esxi-builds.js';
export { veeamBranch, veeamBuilds } from './tables/veeam-builds.js';
export {
  type Architecture,
  productKey,
  type WindowsVersion,
  windowsProduct,
  windowsRelease,
} from './windows-product.js';
