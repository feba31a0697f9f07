export type { Judged } from './fleet/assessment.repository.js';
export { changeChannel, type Unnumbered } from './fleet/change.repository.js';
export type { VmsAtRisk } from './fleet/fleet.repository.js';
export type { HostStanding, IncomingReport, ReportInForce } from './fleet/report.repository.js';
export { type Listener, listen } from './listen.js';
export { dataSourceOptions, openDataSource, Store, type StoreOptions, UnsafeDatabaseError } from './open-store.js';
export type { Tx } from './tx.js';
