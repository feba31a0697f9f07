export { dataSourceOptions, openDataSource, Store, type StoreOptions, UnsafeDatabaseError } from './open-store.js';
export type { Tx } from './tx.js';
