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
