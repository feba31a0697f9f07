/** What the API is told at its start. Only this file and the command line read the environment. */
export type ApiConfig = {
  /** postgres:// URL. */
  databaseUrl: string;
  host: string;
  /** 0 = any free port. */
  port: number;
  /** Keyring with which secrets at rest are wrapped; the API does not start without it. */
  keyringFile: string;
  /** Built dashboard to serve on the same port; null = API only. */
  dashboardDir: string | null;
  version: string;
  /** `api` serves, `worker` runs the jobs, `all` does both. */
  role: 'all' | 'api' | 'worker';
  /** Origins from which a browser may write and listen; the own address is always among them. */
  trustedOrigins: readonly string[];
  /** Folder from which feed files are imported; null or absent = none. */
  feedsFolder?: string | null;
  /** IANA time zone in whose Monday mornings a week is closed; UTC if absent. */
  timeZone?: string;
  /** Tests only: a throw-away database without fsync. */
  allowUnsafeDatabase: boolean;
  /** Tests only: another clock. */
  now?: () => Date;
};

/** Injection token of the ApiConfig. */
export const API_CONFIG = Symbol('ApiConfig');
