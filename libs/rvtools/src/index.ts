export { packFolder } from './pack-folder.js';
export { type Reading, type RvtoolsExport, readRvtools } from './read-rvtools.js';
export { RvtoolsError } from './rvtools-error.js';
export type { Dating } from './table/exported-at.js';
