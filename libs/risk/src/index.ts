export type { Facts, MappedDatastore, MapView } from './facts.js';
export { rememberFacts } from './remember.js';
