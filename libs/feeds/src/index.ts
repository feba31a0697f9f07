export { decodeText } from './decode-text.js';
export { parseEndOfSupport, SupportEntry } from './end-of-support.js';
export { EpssEntry, parseEpss } from './epss.js';
export { ageProblem, type FeedEntry, type ParsedFeed, type Reading, ttlDays } from './feed.js';
export { type BuildState, buildState, compareBuilds, type FixedBuild, type FixedBuildTable } from './fixed-build.js';
export { Bulletin, kbOf, ProductBulletins, parseKbCatalogue } from './kb-catalogue.js';
export { KevEntry, parseKev } from './kev.js';
export { type ImportedKind, importedKinds, kindOf } from './kind-of.js';
export { type Dated, lookUp } from './look-up.js';
export { cvesOfMissing, type Hole, type MissingBulletins, ProductIndex } from './missing-bulletins.js';
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
