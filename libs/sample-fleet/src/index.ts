export type { SampleLun } from './estate/lun.js';
export { lunMapOf } from './estate/lun-map.js';
export {
  clustersOf,
  type SampleCluster,
  type SampleDatacenter,
  type SampleDatastore,
  type SampleVcenter,
} from './estate/vcenter.js';
export { evolve } from './evolve.js';
export { type Flaw, flaws } from './proxies/flaw.js';
export { hostReport, type Sending } from './proxies/host-report.js';
export { hasFlaw, modeOf, presentedLuns, type SampleHost } from './proxies/sample-host.js';
export { type Reach, reachIn } from './reach.js';
export { type FleetOrder, type SampleFleet, sampleFleet } from './sample-fleet.js';
export {
  linuxBootDisk,
  linuxVmfsDisk,
  storyNaa,
  vmfsDisk,
  vmfsGptType,
  windowsBootDisk,
  windowsDataGptType,
} from './story/disks.js';
export { daysBefore, linuxFacts, storyAt, windowsFacts } from './story/facts.js';
export { hostOf, type StoryHost, storyNow } from './story/host.js';
export {
  datastoreOn,
  mapOf,
  type StoryDatastore,
  type StoryMapView,
  storyDatastores,
  storyMap,
  storySize,
  storyVcenter,
} from './story/map.js';
export { reportOf } from './story/report.js';
export { type StoryStage, storyFacts, storyStages } from './story/stages.js';
export { rowsOfMap, trueRows } from './vcsim/map-rows.js';
export { type SanOrder, type SanTrouble, smallSan } from './vcsim/san-estate.js';
export { type VcsimFile, vcsimFolder, vcsimTruth } from './vcsim/vcsim-folder.js';
