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
export type { FixedBuild, FixedBuildTable } from './fixed-build.js';
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
export { esxiBuilds } from './tables/esxi-builds.js';
export { veeamBuilds } from './tables/veeam-builds.js';
export {
  type Architecture,
  productKey,
  type WindowsVersion,
  windowsProduct,
  windowsRelease,
} from './windows-product.js';
