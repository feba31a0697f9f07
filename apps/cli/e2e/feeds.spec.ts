import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEnvironment } from '../src/environment.js';
import { run } from '../src/run.js';
import { admin, type House, openHouse } from './house.js';

const home = mkdtempSync(join(tmpdir(), 'lunwarden-cli-feeds-'));
const put = (name: string, text: string | Buffer) => {
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
let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

async function lunwarden(...argv: string[]) {
  const out: string[] = [];
  const said: string[] = [];
  const variables = {
    LUNWARDEN_HOME: home,
    LUNWARDEN_URL: house.url,
    LUNWARDEN_USER: admin.username,
    LUNWARDEN_PASSWORD: admin.password,
  };
  const say = (line: string) => said.push(line);
  const world = () => ({ environment: readEnvironment(variables), out: (line: string) => out.push(line), say });
  const code = await run(argv, world, say);
  return { code, out: out.join('\n'), said: said.join('\n') };
}

describe('lunwarden feeds', () => {
  it('imports a file that says itself what it is, and lists it with its age', async () => {
    const file = put(
      'scores.csv.gz',
      gzipSync(`#model_version:v1,score_date:${today.slice(0, 19)}Z\ncve,epss,percentile\nCVE-2020-0001,0.5,0.9\n`),
    );
    expect(await lunwarden('feeds', 'import', file)).toMatchObject({
      code: 0,
      out: expect.stringContaining('epss\timported'),
    });
    expect((await lunwarden('feeds', 'list')).out).toContain(
      `epss\tfresh\tof ${today.slice(0, 10)}\timported\t1 entries`,
    );
  });

  it('ends with 1 where the file is older than what is known, and with the reason where it is refused', async () => {
    await lunwarden('feeds', 'import', put('new.json', kev(today, ['CVE-2020-0001'])));
    const old = await lunwarden('feeds', 'import', put('old.json', kev('2025-08-25T00:00:00Z', ['CVE-2020-0001'])));
    expect(old).toMatchObject({ code: 1, out: expect.stringContaining('older') });
    const bad = await lunwarden('feeds', 'import', put('bad.json', '{}'), '--kind', 'kev');
    expect(bad).toMatchObject({ code: 1, said: expect.stringContaining('no KEV catalogue') });
  });

  it.each([
    [['feeds']],
    [['feeds', 'import']],
    [['feeds', 'import', 'x', '--kind', 'nvd']],
    [['import', 'systeminfo']],
  ])('says how it is used: %j', async (argv) => {
    const file = put('x', 'hello');
    expect((await lunwarden(...argv.map((word) => (word === 'x' ? file : word)))).code).toBe(3);
  });
});
