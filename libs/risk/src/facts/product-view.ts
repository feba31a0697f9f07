import type { Known } from '@lunwarden/contract';

/** The host as a proxy of the backup product. Names in quotes are those of the Veeam REST API. */
export type ProxyInProduct = {
  isOnline: Known<boolean>;
  isDisabled: Known<boolean>;
  /** `isOutOfDate`, or `updatesState` OutOfDate or LastInstallFailed. */
  isOutOfDate: Known<boolean>;
  /** `hostToProxyEncryption`: NBD over TLS. */
  encryptsNetwork: Known<boolean>;
  /** `connectedDatastores.autoSelectEnabled`. */
  selectsDatastores: Known<boolean>;
  /** Datastores that its jobs or its manual list name, `<vCenter instanceUuid>/<moref>`; null = any may be asked of it. */
  neededDatastores: Known<readonly string[] | null>;
  /** Restores that wrote over the SAN in the last 180 days. */
  sanRestores: Known<number>;
};

/** The host as the backup server. */
export type ServerInProduct = {
  /** `buildVersion`, e.g. `12.3.2.3617`. */
  build: string;
  /** Private fixes by name, e.g. `P20230223`: they do not change the build. */
  patches: Known<readonly string[]>;
  isDomainJoined: Known<boolean>;
};

/** What the backup product says of this host. */
export type ProductView = {
  /** When all of it was true (ISO); null = nobody can prove when, so that it shows what is bad and nothing good. */
  observedAt: string | null;
  /** null = the product knows no such proxy. */
  proxy: Known<ProxyInProduct | null>;
  /** null = the host is not a backup server. */
  server: Known<ServerInProduct | null>;
};
