import { z } from 'zod';
import { known } from './known.js';
import { Count, Text } from './text.js';

/** A datastore as the backup product names it: its vCenter, its name, its managed object id (Veeam `objectId`). */
export const ListedDatastore = z.strictObject({ vcenter: Text(200), name: Text(256), moref: Text(64) });
export type ListedDatastore = z.infer<typeof ListedDatastore>;

/** One proxy in the list of a backup server. Names in quotes are those of the Veeam REST API. */
export const ListedProxy = z.strictObject({
  /** `hostName`: as the product knows it, which may be a short name, a DNS name or an address. */
  hostName: Text(253),
  isOnline: known(z.boolean()),
  isDisabled: known(z.boolean()),
  isOutOfDate: known(z.boolean()),
  /** `hostToProxyEncryption`. */
  encryptsNetwork: known(z.boolean()),
  /** `connectedDatastores.autoSelectEnabled`. */
  selectsDatastores: known(z.boolean()),
  /** Datastores that its jobs or its manual list name; null = any may be asked of it. */
  neededDatastores: known(z.array(ListedDatastore).max(1024).nullable()),
  /** Restores that wrote over the SAN in the last 180 days. */
  sanRestores: known(Count),
  /** Whether jobs may start on it, and how many of its tasks run now. */
  jobs: known(z.strictObject({ areEnabled: z.boolean(), runningTasks: Count })),
});
export type ListedProxy = z.infer<typeof ListedProxy>;

/** What a collector on a backup server reads there of the backup product. */
export const BackupProduct = z.strictObject({
  name: Text(120),
  /** `buildVersion`, e.g. `12.3.2.3617`. */
  build: z.string().regex(/^[0-9]{1,5}(\.[0-9]{1,6}){1,3}$/, 'a build such as 12.3.2.3617'),
  /** Private fixes by name, e.g. `P20230223`: they do not change the build. */
  patches: known(z.array(Text(64)).max(64)),
  isDomainJoined: known(z.boolean()),
  /** Every proxy that it knows; a list that is not whole is unknown. */
  proxies: known(z.array(ListedProxy).max(500)),
});
export type BackupProduct = z.infer<typeof BackupProduct>;
