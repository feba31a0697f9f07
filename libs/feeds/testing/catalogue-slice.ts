type Line = { product: string; kb: string; date: string; cves: string[]; supersedes?: string[]; severity?: string };

/** Windows updates of 2019 and 2024 and what they superseded, from Microsoft's own update pages; a slice, not all of them. */
const lines: Line[] = [
  ...chain('Windows 10 Version 1803 for x64-based Systems', [
    ['4480966', '20190108', ['CVE-2019-0536']],
    ['4487017', '20190212', ['CVE-2019-0623', 'CVE-2019-0676']],
    ['4489868', '20190312', ['CVE-2019-0797', 'CVE-2019-0703']],
    ['4493464', '20190409', ['CVE-2019-0803', 'CVE-2019-0859', 'CVE-2019-0841']],
  ]),
  ...[
    'Windows 10 Version 1809 for x64-based Systems',
    'Windows Server 2019',
    'Windows Server 2019  (Server Core installation)',
  ].flatMap((product) =>
    chain(product, [
      ['4480116', '20190108', ['CVE-2019-0536']],
      ['4487044', '20190212', ['CVE-2019-0623', 'CVE-2019-0676']],
      ['4489899', '20190312', ['CVE-2019-0797', 'CVE-2019-0703']],
      ['4493509', '20190409', ['CVE-2019-0803', 'CVE-2019-0859', 'CVE-2019-0841']],
    ]),
  ),
  ...chain('Windows 7 for x64-based Systems Service Pack 1', [
    ['4480970', '20190108', ['CVE-2019-0536']],
    ['4486563', '20190212', ['CVE-2019-0623', 'CVE-2019-0676']],
    ['4489878', '20190312', ['CVE-2019-0808', 'CVE-2019-0797']],
    ['4493472', '20190409', ['CVE-2019-0803', 'CVE-2019-0859']],
    ['4499164', '20190514', ['CVE-2019-0708', 'CVE-2019-0863']],
  ]),
  ...chain('Windows 7 for x64-based Systems', [['976902', '20110222', ['CVE-2011-0089']]]),
  ...chain('Windows 8.1 for x64-based systems', [
    ['4480963', '20190108', ['CVE-2019-0536']],
    ['4487000', '20190212', ['CVE-2019-0623', 'CVE-2019-0676']],
    ['4489881', '20190312', ['CVE-2019-0797']],
    ['4493446', '20190409', ['CVE-2019-0803', 'CVE-2019-0859']],
  ]),
  ...chain('Windows Server 2008 for x64-based Systems Service Pack 2', [
    ['4493471', '20190409', ['CVE-2019-0803', 'CVE-2019-0859']],
    ['4499149', '20190514', ['CVE-2019-0708', 'CVE-2019-0863']],
  ]),
  ...chain('Windows Server 2008 for x64-based Systems', [['958644', '20081023', ['CVE-2008-4250']]]),
  ...chain('Windows 11 Version 24H2 for x64-based Systems', [
    ['5039239', '20240615', ['CVE-2024-30080']],
    ['5040435', '20240709', ['CVE-2024-38080', 'CVE-2024-38112']],
    ['5041571', '20240813', ['CVE-2024-38193', 'CVE-2024-38106', 'CVE-2024-38178']],
  ]),
  { product: 'Microsoft Office 2016 (64-bit edition)', kb: '4462213', date: '20190409', cves: ['CVE-2019-0801'] },
];

/** Cumulative updates: each takes the place of the one before. The first one's predecessor has no line of its own. */
function chain(product: string, updates: [kb: string, date: string, cves: string[]][]): Line[] {
  return updates.map(([kb, date, cves], at) => ({
    product,
    kb,
    date,
    cves,
    supersedes: [updates[at - 1]?.[0] ?? '4000001'],
  }));
}

/** A catalogue in the columns of the wesng project, one row a CVE. */
export const catalogueSlice: string = [
  'DatePosted,CVE,BulletinKB,Title,AffectedProduct,AffectedComponent,Severity,Impact,Supersedes,Exploits',
  ...lines.flatMap(({ product, kb, date, cves, supersedes = [], severity = 'Important' }) =>
    cves.map((cve) =>
      [
        date,
        cve,
        kb,
        `Title of "${cve}", quoted`,
        product,
        '',
        severity,
        'Elevation of Privilege',
        supersedes.join(';'),
        '',
      ]
        .map((text) => `"${text.replaceAll('"', '""')}"`)
        .join(','),
    ),
  ),
  '',
].join('\r\n');
