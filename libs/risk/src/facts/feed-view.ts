import type { Known } from '@lunwarden/contract';

/** One CVE as the feeds know it. `epss` is a probability in 30 days, null = not listed there. */
export type CveInFeeds = { exploited: 'none' | 'listed' | 'ransomware'; epss: number | null };

/** One vulnerability of a product and the first build without it, within one branch or update line. */
export type FixedBuild = {
  cve: string;
  /** Veeam: the major version, e.g. `12`; ESXi: the update line, e.g. `8.0 U3`. */
  branch: string;
  build: string;
  /** Name of the private fix that the build needs on top; null = the build alone. */
  patch: string | null;
  /** CVSS base score, 0..10; null = not known. */
  cvss: number | null;
  exploited: 'none' | 'listed' | 'ransomware';
  /** Works only against a server that is joined to a domain. */
  needsDomain: boolean;
};

/** Fixed builds as of a day; after `policy.freshness.feedMs` they prove nothing good. */
export type FixedBuilds = { asOf: string; fixes: readonly FixedBuild[] };

/** What the imported feeds say about what this host runs: looked up, so that judging a host opens no feed. */
export type FeedView = {
  /** Of every CVE of this host's missing updates; one that is not in it is not listed as exploited. */
  cves: Known<{ asOf: string; byId: Readonly<Record<string, CveInFeeds>> }>;
  /** CVEs that an update fixes, by its id, where the host's own scan names none. */
  cvesOfUpdates: Readonly<Record<string, readonly string[]>>;
  /** Paid extension of the system's support: the last day with fixes, or null = there is none. */
  extendedSupportEnd: Known<string | null>;
  productBuilds: Known<FixedBuilds>;
  esxiBuilds: Known<FixedBuilds>;
  /** Last day of support by ESXi version, e.g. `8.0`. */
  esxiSupportEnds: Known<{ asOf: string; byVersion: Readonly<Record<string, string>> }>;
};
