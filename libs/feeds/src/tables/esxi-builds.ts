import type { FixedBuild, FixedBuildTable } from '../fixed-build.js';

type Advisory = {
  /** CVE -> CVSS base score, null = not read. */
  cves: Readonly<Record<string, number | null>>;
  exploited: FixedBuild['exploited'];
  /** Update line -> build number. */
  fixed: Readonly<Record<string, string>>;
};

const advisories: readonly Advisory[] = [
  {
    // VMSA-2025-0004
    cves: { 'CVE-2025-22224': 9.3, 'CVE-2025-22225': 8.2, 'CVE-2025-22226': 7.1 },
    exploited: 'listed',
    fixed: { '8.0 U3': '24585383', '8.0 U2': '24585300', '7.0 U3': '24585291' },
  },
  {
    // VMSA-2025-0013
    cves: { 'CVE-2025-41236': null, 'CVE-2025-41237': null, 'CVE-2025-41238': null, 'CVE-2025-41239': null },
    exploited: 'none',
    fixed: { '8.0 U3': '24784735', '8.0 U2': '24789317', '7.0 U3': '24784741' },
  },
  // VMSA-2024-0013
  { cves: { 'CVE-2024-37085': null }, exploited: 'ransomware', fixed: { '8.0 U3': '24022510' } },
];

/** ESXi, per update line: 80U2 has newer build numbers than fixed builds of 80U3. Source: Broadcom advisories, read on `asOf`. */
export const esxiBuilds: FixedBuildTable = {
  asOf: '2026-08-22T00:00:00.000Z',
  source: 'Broadcom security advisories',
  fixes: advisories.flatMap(({ cves, exploited, fixed }) =>
    Object.entries(cves).flatMap(([cve, cvss]) =>
      Object.entries(fixed).map(([branch, build]) => ({
        cve,
        branch,
        build,
        patch: null,
        hotfixOn: null,
        cvss,
        exploited,
        needsDomain: false,
      })),
    ),
  ),
  clean: [],
  // No patch is planned for 7.0; only its workaround helps.
  hopeless: ['7.0', '7.0 U1', '7.0 U2', '7.0 U3'].map((branch) => ({ cve: 'CVE-2024-37085', branch })),
};
