import type { FixedBuild, FixedBuildTable } from '../fixed-build.js';

type Advisory = Partial<Pick<FixedBuild, 'cvss' | 'exploited' | 'needsDomain' | 'hotfixOn'>> & {
  cves: readonly string[];
  /** Branch -> build, or build and private fix. */
  fixed: Readonly<Record<string, string>>;
};

const advisories: readonly Advisory[] = [
  {
    // KB4288. 9.5 got no fix: the first fixed build is the next version's.
    cves: ['CVE-2022-26500', 'CVE-2022-26501'],
    cvss: 9.8,
    exploited: 'ransomware',
    fixed: { '11': '11.0.1.1261 P20220302', '10': '10.0.1.4854 P20220304', '9.5': '10.0.1.4854 P20220304' },
  },
  {
    // KB4424: all before are affected.
    cves: ['CVE-2023-27532'],
    cvss: 7.5,
    exploited: 'ransomware',
    fixed: {
      '12': '12.0.0.1420 P20230223',
      '11': '11.0.1.1261 P20230227',
      '10': '11.0.1.1261 P20230227',
      '9.5': '11.0.1.1261 P20230227',
    },
  },
  // KB4649
  { cves: ['CVE-2024-40711'], cvss: 9.8, exploited: 'ransomware', fixed: { '12': '12.2.0.334' } },
  // KB4693: 7.1 to 8.8, the score of each was not read.
  { cves: ['CVE-2024-40717', 'CVE-2024-42452', 'CVE-2024-42453', 'CVE-2024-42456'], fixed: { '12': '12.3.0.310' } },
  // KB4724
  { cves: ['CVE-2025-23120'], cvss: 9.9, needsDomain: true, hotfixOn: '12.3.0.310', fixed: { '12': '12.3.1.1139' } },
  // KB4743
  { cves: ['CVE-2025-23121'], cvss: 9.9, needsDomain: true, fixed: { '12': '12.3.2.3617' } },
  { cves: ['CVE-2025-24286'], cvss: 7.2, fixed: { '12': '12.3.2.3617' } },
  // KB4771: 48983 hits proxies too (mount service).
  { cves: ['CVE-2025-48983', 'CVE-2025-48984'], cvss: 9.9, needsDomain: true, fixed: { '12': '12.3.2.4165' } },
  {
    // KB4830 and KB4831 share these between the two branches; which belongs to which was not read, so both count.
    cves: [
      'CVE-2026-21666',
      'CVE-2026-21667',
      'CVE-2026-21668',
      'CVE-2026-21669',
      'CVE-2026-21670',
      'CVE-2026-21671',
      'CVE-2026-21672',
      'CVE-2026-21708',
    ],
    fixed: { '12': '12.3.2.4465', '13': '13.0.1.2067' },
  },
  // KB4852, the appliance.
  { cves: ['CVE-2026-32997'], cvss: 8.6, fixed: { '13': '13.0.2' } },
  // KB4869
  { cves: ['CVE-2026-44963'], cvss: 9.4, needsDomain: true, fixed: { '12': '12.3.2.4854' } },
];

/** Veeam Backup & Replication. Source: Veeam KB articles and CVE records, read on `asOf`; branch = major version. */
export const veeamBuilds: FixedBuildTable = {
  asOf: '2026-08-22T00:00:00.000Z',
  source: 'Veeam knowledge base',
  fixes: advisories.flatMap(({ cves, fixed, ...rest }) =>
    cves.flatMap((cve) => Object.entries(fixed).map(([branch, text]) => ({ ...fixOf(branch, text, rest), cve }))),
  ),
  // Version 13 came after these were mended (2025-09-03); 44963 never touched it. 12 began after 26500 and 26501.
  clean: [
    ...[
      'CVE-2022-26500',
      'CVE-2022-26501',
      'CVE-2023-27532',
      'CVE-2024-40711',
      'CVE-2024-40717',
      'CVE-2024-42452',
      'CVE-2024-42453',
      'CVE-2024-42456',
      'CVE-2025-23120',
      'CVE-2025-23121',
      'CVE-2025-24286',
      'CVE-2026-44963',
    ].map((cve) => ({ cve, branch: '13' })),
    ...['CVE-2022-26500', 'CVE-2022-26501'].map((cve) => ({ cve, branch: '12' })),
  ],
  hopeless: [],
};

function fixOf(branch: string, text: string, rest: Omit<Advisory, 'cves' | 'fixed'>): Omit<FixedBuild, 'cve'> {
  const [build = '', patch = null] = text.split(' ');
  return { cvss: null, exploited: 'none', needsDomain: false, hotfixOn: null, ...rest, branch, build, patch };
}
