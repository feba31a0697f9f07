import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { catalogueSlice } from '../testing/catalogue-slice.js';
import { naiveMissing, naiveRows } from '../testing/naive-missing.js';
import { readText } from './feed.js';
import { bulletinKey, readKbCatalogue } from './kb-catalogue.js';
import { readKev } from './kev.js';
import { cvesOfMissing, ProductIndex } from './missing-bulletins.js';
import { parseSysteminfo } from './systeminfo.js';
import { windowsProduct } from './windows-product.js';

// Output of real hosts in several languages and encodings, collected by the wesng project.
const folder = process.env.LUNWARDEN_TEST_DATA ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const absent = !existsSync(`${folder}/windows`);
if (absent)
  console.warn(`SKIPPED: real systeminfo files are not at ${folder}/windows (LUNWARDEN_TEST_DATA names the folder)`);

/** Name, version, server, updates and when it booted, by file. */
const truth: Record<string, [string, string, boolean, number, string | null]> = {
  '10_1803_x64_pro_it_systeminfo.txt': ['PC044', '10.0.17134', false, 10, null],
  '10_1809_x64_enterprise_zh-cn_systeminfo.txt': ['DESKTOP-0CQH3P2', '10.0.17763', false, 1, '2019-01-24T10:32:25'],
  '11_24H2_x64_enterprise_systeminfo.txt': ['WINXI24H2LTSC', '10.0.26100', false, 3, null],
  '7_sp1_x64_enterprise_fr_systeminfo_powershell.txt': [
    'WIN-IDKKFN87EL8',
    '6.1.7601',
    false,
    93,
    '2019-04-29T18:56:01',
  ],
  '8.1_u1_x64_enterprise_en-us_systeminfo.txt': ['WIN81U1X64', '6.3.9600', false, 6, '2019-03-03T23:04:07'],
  'srv_2008_rtm_x64_standard_en-us_systeminfo.txt': ['SRV2K8SP0X64', '6.0.6001', true, 1, null],
  'srv_2019_rtm_datacenter_en-us_systeminfo.txt': ['WIN-O863JARO7CM', '10.0.17763', true, 5, '2019-01-13T13:52:11'],
};
const names = Object.keys(truth);

function read(name: string) {
  const parsed = parseSysteminfo(readFileSync(`${folder}/windows/${name}`));
  if ('refused' in parsed) throw new Error(`${name}: ${parsed.refused}`);
  return parsed.host;
}

function kevCves(): Set<string> {
  const kev = readText(readKev(), readFileSync(`${folder}/feeds/known_exploited_vulnerabilities.json`, 'utf8'));
  if ('refused' in kev) throw new Error(kev.refused);
  return new Set([...kev.feed.entries].map(({ key }) => key));
}

describe.skipIf(absent)('the systeminfo of a real host', () => {
  test.each(names)('%s is read in its own language and encoding', (name) => {
    const host = read(name);
    const updates = 'value' in host.installedUpdates ? host.installedUpdates.value.length : null;
    expect([host.hostname, host.version, host.isServer, updates, host.bootedAt?.localIso]).toEqual(truth[name]);
    expect(host.architecture).toBe('x64');
  });

  test('keeps the letters of its own language where the file tells its code page', () => {
    expect(read(names[1]!).caption).toBe('Microsoft Windows 10 企业版 LTSC');
    expect(read(names[3]!).caption).toBe('Microsoft Windows 7 Entreprise N');
  });

  test('is refused where the file is another one', () => {
    const other = readFileSync(`${folder}/windows/7_sp1_x64_enterprise_en-us_20190305_qfe.txt`);
    expect(parseSysteminfo(other)).toHaveProperty('refused');
  });

  test('leads to the missing updates and exploited vulnerabilities that a naive closure finds', () => {
    const parsed = readText(readKbCatalogue(), catalogueSlice);
    if ('refused' in parsed) throw new Error(parsed.refused);
    const rows = naiveRows(catalogueSlice);
    const kev = kevCves();
    const exposed: Record<string, string[]> = {};
    for (const name of names) {
      const host = read(name);
      const product = windowsProduct({ ...host, architecture: host.architecture ?? 'x64' });
      const own = [...parsed.feed.entries].filter(({ key }) => key.startsWith(bulletinKey(product ?? '', '')));
      if (own.length === 0 || product === null || !('value' in host.installedUpdates)) throw new Error(`no ${product}`);
      const found = new ProductIndex(own.map(({ key, body }) => [key, body])).missingOf(host.installedUpdates.value);
      const naive = naiveMissing(rows, product, host.installedUpdates.value);
      expect(new Set(found.missing.map(({ kb }) => kb))).toEqual(naive.kbs);
      expect(new Set(cvesOfMissing(found))).toEqual(naive.cves);
      exposed[name] = cvesOfMissing(found).filter((cve) => kev.has(cve));
      expect(exposed[name]).toEqual([...naive.cves].filter((cve) => kev.has(cve)).toSorted());
    }
    // By hand: the French host has the April update of 2019 but not that of May, which mends BlueKeep.
    expect(exposed['7_sp1_x64_enterprise_fr_systeminfo_powershell.txt']).toEqual(['CVE-2019-0708', 'CVE-2019-0863']);
    expect(exposed['srv_2008_rtm_x64_standard_en-us_systeminfo.txt']).toEqual([]);
    expect(Object.values(exposed).flat().length).toBeGreaterThan(15);
  });
});
