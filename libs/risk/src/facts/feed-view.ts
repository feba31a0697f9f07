import type { Known, UpdateSeverity } from '@lunwarden/contract';

/** What CISA's catalogue says of a CVE that it lists. */
export type CveInFeeds = { exploited: 'listed' | 'ransomware' };

/** An update that a host lacks, as the catalogue of bulletins describes it. */
export type CatalogueUpdate = { id: string; severity: UpdateSeverity; cves: readonly string[] };

/** What a host lacks by its installed updates and the catalogue of its product, which is as old as it says itself. */
export type MissingByCatalogue = {
  asOf: string;
  /** Neither installed nor superseded by anything that is. */
  missing: readonly CatalogueUpdate[];
  /** Not installed either, but something that is may have taken their place: the chain between them has a hole. */
  doubtful: readonly CatalogueUpdate[];
  /** The holes, for people, e.g. `KB4480116 superseded KB4480056, of which nothing is told`; not all of many. */
  holes: readonly string[];
  /** CVEs of the product that no update is named for: nothing that is installed can prove them fixed. */
  withoutUpdate: readonly string[];
};

/** One vulnerability of a product and the first build without it, within one branch or update line. */
export type FixedBuild = {
  cve: string;
  /** Veeam: the major version, e.g. `12`; ESXi: the update line, e.g. `8.0 U3`. */
  branch: string;
  build: string;
  /** Name of the private fix that the build needs on top; null = the build alone. */
  patch: string | null;
  /** A build that a private hotfix can mend without changing its number; null = none. */
  hotfixOn: string | null;
  /** CVSS base score, 0..10; null = not known. */
  cvss: number | null;
  exploited: 'none' | 'listed' | 'ransomware';
  /** Works only against a server that is joined to a domain. */
  needsDomain: boolean;
};

/** Fixed builds as of a day; after `policy.freshness.feedMs` they prove nothing good, and what they know to be bad stays bad. */
export type FixedBuilds = {
  asOf: string;
  fixes: readonly FixedBuild[];
  /** Branches that a vulnerability never touched. */
  clean: readonly { cve: string; branch: string }[];
  /** Branches in which a vulnerability is never mended. */
  hopeless: readonly { cve: string; branch: string }[];
};

/** What the imported feeds say about what this host runs: looked up, so that judging a host opens no feed. */
export type FeedView = {
  /** CISA KEV, of every CVE that this host may be open to; one that is not in it is not listed as exploited. */
  cves: Known<{ asOf: string; byId: Readonly<Record<string, CveInFeeds>> }>;
  /** FIRST EPSS: probability, 0..1, that a CVE is exploited within 30 days. One that is not in it has no score yet. */
  epss: Known<{ asOf: string; byId: Readonly<Record<string, number>> }>;
  /** What the host lacks by the catalogue; asked where its own scan tells nothing certain. */
  catalogue: Known<MissingByCatalogue>;
  /** CVEs that an update fixes, by its id, where the host's own scan names none. */
  cvesOfUpdates: Readonly<Record<string, readonly string[]>>;
  /** Paid extension of the system's support: the last day with fixes, or null = there is none. */
  extendedSupportEnd: Known<string | null>;
  productBuilds: Known<FixedBuilds>;
  esxiBuilds: Known<FixedBuilds>;
  /** Last day of support by ESXi version, e.g. `8.0`. */
  esxiSupportEnds: Known<{ asOf: string; byVersion: Readonly<Record<string, string>> }>;
};
