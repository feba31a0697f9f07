export type { Facts, MappedDatastore, MapView } from './facts.js';
