import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEnvironment } from '../environment.js';
import { run } from '../run.js';

const home = mkdtempSync(join(tmpdir(), 'lunwarden-cli-feeds-'));
const put = (name: string, text: string) => {
  writeFileSync(join(home, name), text);
  return join(home, name);
};
const today = new Date().toISOString();
const kev = (asOf: string, cves: string[]) =>
  JSON.stringify({
    catalogVersion: 'x',
    dateReleased: asOf,
    count: cves.length,
    vulnerabilities: cves.map((cveID) => ({
      cveID,
      dateAdded: '2024-10-17',
      dueDate: '2024-11-07',
      knownRansomwareCampaignUse: 'Unknown',
    })),
  });
const catalogue = [
  'DatePosted,CVE,BulletinKB,Title,AffectedProduct,AffectedComponent,Severity,Impact,Supersedes,Exploits',
  `${today.slice(0, 10)},CVE-2026-10001,5070001,t,Windows Server 2022,,Critical,,5060000,`,
  `${today.slice(0, 10)},CVE-2026-10002,5070002,t,Windows Server 2022,,Important,,5070001,`,
  `${today.slice(0, 10)},CVE-2026-10003,5070003,t,Windows Server 2022,,Critical,,5070002,`,
].join('\n');
const systeminfo = (build: string) => `
Hostname:                VBR-PROXY-3
Betriebssystemname:      Microsoft Windows Server 2022 Standard
Betriebssystemversion:   10.0.${build} Nicht zutreffend Build ${build}
Hotfix(es):              1 Hotfix(e) installiert.
                         [01]: KB5070002
Systemtyp:               x64-based PC
`;

async function lunwarden(...argv: string[]) {
  const out: string[] = [];
  const said: string[] = [];
  const variables = { LUNWARDEN_HOME: home };
  const say = (line: string) => said.push(line);
  const world = () => ({ environment: readEnvironment(variables), out: (line: string) => out.push(line), say });
  const code = await run(argv, world, say);
  return { code, out: out.join('\n'), said: said.join('\n') };
}

describe('lunwarden import systeminfo', () => {
  it('tells what a host lacks and what of that is exploited, from the files in the folder', async () => {
    const file = put('host.txt', systeminfo('20348'));
    expect(await lunwarden('import', 'systeminfo', file)).toMatchObject({
      code: 1,
      said: expect.stringContaining('--catalogue'),
    });
    mkdirSync(join(home, 'feeds/imported'), { recursive: true });
    put('feeds/imported/updates.csv', catalogue);
    const blind = await lunwarden('import', 'systeminfo', file);
    expect(blind.out).toContain('1 updates missing, 1 CVEs, unknown how many known to be exploited');
    put('feeds/kev.json', kev('2025-08-25T00:00:00Z', ['CVE-2026-10003']));
    const { code, out, said } = await lunwarden('import', 'systeminfo', file);
    expect(out).toContain('KB5070003\tcritical\t1 CVEs\texploited CVE-2026-10003');
    expect(said).toContain('The KEV catalogue is of 2025-08-25, too old');
    expect(said).toContain('what these replaced is not told: KB5060000');
    expect(code).toBe(0);
  });

  it('never tells a host of an unknown build that it lacks nothing', async () => {
    const { code, said } = await lunwarden('import', 'systeminfo', put('next.txt', systeminfo('99999')));
    expect([code, said]).toEqual([1, expect.stringContaining('nothing is known')]);
  });
});
