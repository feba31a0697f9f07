/** One vulnerability and the first build without it, within one branch: builds of two branches say nothing about each other. */
export type FixedBuild = {
  cve: string;
  /** Veeam: the major version, `12`; ESXi: the update line, `8.0 U3`. */
  branch: string;
  /** `12.3.1.1139`; ESXi: the build number alone. */
  build: string;
  /** Name of the private fix that the build needs on top, `P20230227`; null = the build alone. */
  patch: string | null;
  /** A build that a private hotfix can mend without changing its number; null = none. */
  hotfixOn: string | null;
  /** CVSS base score, 0..10; null = not known. */
  cvss: number | null;
  exploited: 'none' | 'listed' | 'ransomware';
  /** Works only against a server that is joined to a domain. */
  needsDomain: boolean;
};

/** Fixed builds as of a day (ISO instant). `clean` names branches that a CVE never touched or that began fixed. */
export type FixedBuildTable = {
  asOf: string;
  source: string;
  fixes: readonly FixedBuild[];
  clean: readonly { cve: string; branch: string }[];
  /** Branches in which a CVE is never mended. */
  hopeless: readonly { cve: string; branch: string }[];
};
