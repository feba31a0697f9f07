export type { Facts, MappedDatastore, MapView } from './facts.js';
export { hasGaps, rememberFacts } from './remember.js';
