import { mkdtemp, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { FeedImport, FeedStatus, HostDetail, type HostFacts } from '@lunwarden/contract';
import { esxiBuilds, tableText, veeamBuilds } from '@lunwarden/feeds';
import { windowsFacts } from '@lunwarden/sample-fleet';
import { Store } from '@lunwarden/store';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { type ReportingHost, reportingHost } from '../../e2e/reporting-host.js';
import { browserHeaders, password, signIn, startTestApi, type TestApi } from '../../e2e/test-api.js';
import { HostFeeds } from './host-feeds.js';

const day = 86_400_000;
let api: TestApi;
let cookie: string;
let viewer: string;
let ahead = 0;
const now = () => new Date(Date.now() + ahead);
const ago = (days: number) => new Date(now().getTime() - days * day).toISOString();

beforeAll(async () => {
  api = await startTestApi({ now });
  await api.admin.createAdmin('ada', password);
  await api.admin.createAdmin('eve', password);
  await api.sql(`UPDATE user_account SET role = 'viewer' WHERE username = 'eve'`);
  cookie = await signIn(api, 'ada');
  viewer = await signIn(api, 'eve');
});
afterAll(() => api.close());

type Row = { cve: string; ransomware?: boolean };
const kev = (asOf: string, ...rows: Row[]) =>
  JSON.stringify({
    catalogVersion: 'x',
    dateReleased: asOf,
    count: rows.length,
    vulnerabilities: rows.map(({ cve, ransomware = false }) => ({
      cveID: cve,
      dateAdded: '2024-10-17',
      dueDate: '2024-11-07',
      knownRansomwareCampaignUse: ransomware ? 'Known' : 'Unknown',
    })),
  });
const catalogue = [
  'DatePosted,CVE,BulletinKB,Title,AffectedProduct,AffectedComponent,Severity,Impact,Supersedes,Exploits',
  ...[
    ['CVE-2026-10001', '5070001', ''],
    ['CVE-2026-10002', '5070002', '5070001'],
    ['CVE-2026-10003', '5070003', '5070002'],
  ].map(([cve, kb, older]) => `${ago(5).slice(0, 10)},${cve},${kb},t,Windows Server 2022,,Critical,,${older},`),
].join('\n');

async function send(kind: string, file: string | Buffer, more: { cookie?: string; type?: string } = {}) {
  return fetch(`${api.url}/api/v1/feeds/${kind}`, {
    method: 'POST',
    headers: {
      ...browserHeaders,
      'content-type': more.type ?? 'application/octet-stream',
      cookie: more.cookie ?? cookie,
    },
    body: typeof file === 'string' ? file : new Uint8Array(file),
  });
}
async function take(kind: string, file: string | Buffer): Promise<FeedImport> {
  const answer = await send(kind, file);
  const body = await answer.json();
  expect(answer.status, JSON.stringify(body)).toBe(200);
  return FeedImport.parse(body);
}
async function statusOf(kind: string): Promise<FeedStatus | undefined> {
  const answer = await fetch(`${api.url}/api/v1/feeds`, { headers: { cookie: viewer } });
  return FeedStatus.array()
    .parse(await answer.json())
    .find((one) => one.kind === kind);
}
const pending = (cves: string[]): Partial<HostFacts> => ({
  pendingUpdates: {
    value: [{ id: 'KB5070003', title: 'u', severity: 'important', categories: [], cves, needsReboot: true }],
  },
});
async function host(name: string, facts: Partial<HostFacts>): Promise<ReportingHost> {
  const one = await reportingHost(api, name);
  await one.report({ ...windowsFacts(), ...facts } as HostFacts);
  return one;
}
const keysOf = async ({ hostId }: ReportingHost) =>
  (await api.sql(`SELECT key FROM host_feed_key WHERE host_id = $1 ORDER BY key`, [hostId])).map(({ key }) => key);

describe('a first start without any feed', () => {
  it('knows the bundled tables and says what is missing', async () => {
    expect(await statusOf('veeam-builds')).toMatchObject({ origin: 'bundled', asOf: '2026-08-22T00:00:00.000Z' });
    expect(await statusOf('end-of-support')).toMatchObject({ origin: 'bundled', importedAt: null });
    expect(await statusOf('esxi-builds')).toMatchObject({
      state: 'stale',
      nextStep: expect.stringMatching(/of 22 August 2026: import a newer one/),
    });
    expect(await statusOf('kev')).toMatchObject({ origin: 'none', state: 'missing', asOf: null, entries: 0 });
    expect((await statusOf('kev'))?.nextStep).toContain('cisa.gov');
  });
});

describe('an import', () => {
  it('judges again everybody when a feed tells what none told before, and then only whom it concerns', async () => {
    const struck = await host('proxy-1', pending(['CVE-2026-10003']));
    await host('proxy-2', pending(['CVE-2026-10009']));
    expect(await keysOf(struck)).toEqual(expect.arrayContaining(['CVE-2026-10003', 'windows-server/2022']));
    const first = await take('kev', kev(ago(4), { cve: 'CVE-2026-10001' }, { cve: 'CVE-2020-0001' }));
    expect(first).toMatchObject({ result: 'imported', entries: 2, changedEntries: 2, affectedHosts: 2 });
    const flip = [{ cve: 'CVE-2026-10001' }, { cve: 'CVE-2020-0001' }, { cve: 'CVE-2026-10003', ransomware: true }];
    const second = await take('kev', gzipSync(kev(ago(3), ...flip)));
    expect(second).toMatchObject({ changedEntries: 1, affectedHosts: 1 });
    expect(await take('kev', kev(second.asOf, ...flip))).toMatchObject({ result: 'unchanged', affectedHosts: 0 });
  });

  it('never takes an older file, nor one that has lost most of what was known', async () => {
    expect(await take('kev', kev(ago(100), { cve: 'CVE-2020-0001' }))).toMatchObject({ result: 'older' });
    const shrunken = await send('kev', kev(ago(1), { cve: 'CVE-2020-0001' }));
    expect([shrunken.status, await shrunken.json()]).toMatchObject([422, { code: 'invalid_input' }]);
    expect(await statusOf('kev')).toMatchObject({ origin: 'imported', state: 'fresh', entries: 3 });
  });

  it('of a catalogue tells what a host lacks that has no scan of its own', async () => {
    const unscanned = await host('proxy-3', {
      pendingUpdates: { unknown: 'error' },
      installedUpdates: { value: ['KB5070002'] },
    } as Partial<HostFacts>);
    expect(await keysOf(unscanned)).not.toContain('CVE-2026-10003');
    expect(await take('kb-catalogue', catalogue)).toMatchObject({ result: 'imported', entries: 3, affectedHosts: 3 });
    await expect.poll(() => keysOf(unscanned)).toContain('CVE-2026-10003');
    expect(await keysOf(unscanned)).not.toContain('CVE-2026-10002');
  });

  it('of a list of releases names its product', async () => {
    const list = '- {cycle: "2022", releaseDate: 2021-08-18, eol: 2031-10-14, eoes: 2034-10-10}';
    const nameless = await send('end-of-support', list);
    expect(nameless.status).toBe(422);
    expect(await take('end-of-support?product=windows-server&asOf=2026-10-01', list)).toMatchObject({ entries: 1 });
  });
});

describe('what the rules are told of a host', () => {
  const viewOf = async (facts: Partial<HostFacts>) => {
    const store = await Store.open({ url: api.databaseUrl, allowUnsafe: true });
    const told = { ...windowsFacts(), ...facts } as HostFacts;
    const hosts = new Map([['h', { facts: told, remembered: told }]]);
    const { views } = await new HostFeeds().lookUp(store.read, hosts, now().toISOString()).finally(() => store.close());
    return views.get('h');
  };

  it('is which CVEs of its missing updates are exploited, as old as the catalogue of exploited ones says itself', async () => {
    const view = await viewOf(pending([]));
    expect(view?.cvesOfUpdates).toEqual({ KB5070003: ['CVE-2026-10003'] });
    expect(view?.cves).toEqual({
      value: {
        asOf: expect.any(String),
        byId: { 'CVE-2026-10003': { exploited: 'ransomware' } },
      },
    });
    expect(view?.extendedSupportEnd).toEqual({ value: '2034-10-10' });
  });

  it('is unknown where neither scan nor list of updates tells what is missing', async () => {
    const blind = {
      pendingUpdates: { unknown: 'error' },
      installedUpdates: { unknown: 'denied' },
    } as Partial<HostFacts>;
    expect((await viewOf(blind))?.cves).toEqual({ unknown: 'denied' });
  });

  it('is a fixed build with what the catalogue of exploited CVEs says of it', async () => {
    const view = await viewOf({});
    const builds = view !== undefined && 'value' in view.productBuilds ? view.productBuilds.value.fixes : [];
    expect(builds.find(({ cve }) => cve === 'CVE-2023-27532')).toMatchObject({ exploited: 'ransomware', cvss: 7.5 });
    expect(view?.esxiSupportEnds).toMatchObject({ value: { byVersion: { '7.0': '2025-10-02' } } });
  });
});

describe('a newer table of fixed builds', () => {
  it('is the whole table: one row alone would clear every build of all others', async () => {
    const [fix] = esxiBuilds.fixes;
    const alone = {
      asOf: ago(1).slice(0, 10),
      source: '',
      fixes: fix === undefined ? [] : [fix],
      clean: [],
      hopeless: [],
    };
    expect((await send('esxi-builds', tableText('esxi-builds', alone))).status).toBe(422);
    expect(await statusOf('esxi-builds')).toMatchObject({ origin: 'bundled' });
  });

  it('takes the place of the one that came with the program', async () => {
    const at = ago(1).slice(0, 10);
    const table = tableText('veeam-builds', { ...veeamBuilds, asOf: at });
    expect(await take('veeam-builds', table)).toMatchObject({ result: 'imported' });
    expect(await statusOf('veeam-builds')).toMatchObject({ origin: 'imported', state: 'fresh', nextStep: null });
    const old = tableText('veeam-builds', { ...veeamBuilds, asOf: '2026-01-01' });
    expect(await take('veeam-builds', old)).toMatchObject({ result: 'older' });
    expect((await send('esxi-builds', table)).status).toBe(422);
  });
});

const slowly = { timeout: 20_000 };
it('finds a host too that is judged by the feed before it at that very moment', { timeout: 60_000 }, async () => {
  const late = await host('proxy-late', { pendingUpdates: { value: [] } });
  const client = new pg.Client({ connectionString: api.databaseUrl });
  await client.connect();
  // Past the holder: within a transaction the list of who waits stands still.
  const waits = (query: string) => async () =>
    (await api.sql(`SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE $1`, [query])).length;
  // Numbering the changes is the last that a report does: it stands here, judged and not committed.
  await client.query('BEGIN');
  await client.query('UPDATE change_counter SET seq = seq WHERE id = 1');
  const reporting = late.report({ ...windowsFacts(), ...pending(['CVE-2026-10077']) } as HostFacts);
  await expect.poll(waits('%UPDATE change_counter%'), slowly).toBeGreaterThan(0);
  const known = ['CVE-2026-10001', 'CVE-2020-0001', 'CVE-2026-10003', 'CVE-2026-10077'];
  const importing = take('kev', kev(ago(2), ...known.map((cve) => ({ cve, ransomware: true }))));
  await expect.poll(waits('SELECT pg_advisory_xact_lock(%'), slowly).toBe(1);
  await client.query('COMMIT');
  await client.end();
  await reporting;
  expect((await importing).affectedHosts).toBeGreaterThan(0);
  const floors = async () => {
    const answer = await fetch(`${api.url}/api/v1/hosts/${late.hostId}`, { headers: { cookie } });
    return HostDetail.parse(await answer.json()).assessment.floors;
  };
  await expect.poll(floors, slowly).toContain('F4-ransomware-exploited');
});

describe('an old feed', () => {
  it('is shown as stale, and the verdicts that lean on it are still to be had', async () => {
    const struck = await host('proxy-4', pending(['CVE-2026-10003']));
    ahead += 60 * day;
    cookie = await signIn(api, 'ada');
    viewer = await signIn(api, 'eve');
    expect(await statusOf('kev')).toMatchObject({ state: 'stale', entries: 4 });
    const answer = await fetch(`${api.url}/api/v1/hosts/${struck.hostId}`, { headers: { cookie } });
    expect(HostDetail.parse(await answer.json()).summary.hostname).toBe('proxy-4');
  });
});

/** Lines that a catalogue passes over. */
const remarks = (bytes: number) => `#${'x'.repeat(30_000)}\n`.repeat(bytes / 30_000);

describe('at the door', { timeout: 60_000 }, () => {
  test.each([
    ['a viewer', 403, () => send('kev', kev(ago(0)), { cookie: viewer })],
    ['nobody', 401, () => send('kev', kev(ago(0)), { cookie: '' })],
    ['JSON', 415, () => send('kev', kev(ago(0)), { type: 'application/json' })],
    ['another kind', 422, () => send('passwords', kev(ago(0)))],
    ['a feed from the future', 422, () => send('kev', kev(ago(-9), { cve: 'CVE-2026-10003' }))],
    ['nothing', 422, () => send('kev', '')],
    ['a zip', 400, () => send('kev', Buffer.from('PK\u0003\u0004'))],
    ['half a gzip', 400, () => send('kev', gzipSync(kev(ago(0))).subarray(0, 40))],
    ['a bomb', 413, () => send('kb-catalogue', gzipSync(remarks(140_000_000)))],
    ['a tower of brackets', 422, () => send('kev', '['.repeat(5_000_000))],
    ['a formula', 422, () => send('epss', '=cmd|calc')],
  ])('%s is refused with %i', async (_, status, ask) => {
    expect((await ask()).status).toBe(status);
  });

  it('a file is too large before it is read to its end', async () => {
    const answer = await send('kb-catalogue', Buffer.from(remarks(40_000_000))).catch((error: unknown) => error);
    // The server may hang up while we still send.
    if (answer instanceof Response) expect(answer.status).toBe(413);
    else expect(answer).toBeInstanceOf(TypeError);
    expect((await statusOf('kb-catalogue'))?.entries).toBe(3);
  });
});

describe('the folder of feeds', () => {
  it('is emptied into what was imported and what was refused', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lunwarden-feeds-'));
    const put = async (name: string, text: string) => {
      await writeFile(join(folder, name), text);
      await utimes(join(folder, name), 1, 1);
    };
    await put('kev.json', kev(new Date(Date.now() - day).toISOString(), { cve: 'CVE-2020-0001' }));
    await put('notes.txt', 'hello');
    const worker = await startTestApi({ role: 'all', feedsFolder: folder });
    await expect
      .poll(() => readdir(join(folder, 'refused')).catch(() => []), { timeout: 20_000 })
      .toContain('notes.txt');
    await expect.poll(() => readdir(join(folder, 'imported'))).toEqual(['kev.json']);
    expect(await readFile(join(folder, 'refused/notes.txt.reason.txt'), 'utf8')).toContain('no feed');
    expect(await worker.sql(`SELECT kind, entries FROM feed`)).toEqual([{ kind: 'kev', entries: 1 }]);
    await worker.close();
  });
});
