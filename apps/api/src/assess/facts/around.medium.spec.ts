import { randomUUID } from 'node:crypto';
import type { BackupProduct, Finding, HostFacts, ListedProxy, ProxyReport, WindowsFacts } from '@lunwarden/contract';
import { storyNaa, storyVcenter, vmfsDisk, windowsBootDisk, windowsFacts } from '@lunwarden/sample-fleet';
import { afterEach, describe, expect, it } from 'vitest';
import { type EnrolledHost, JudgedFleet } from '../../../e2e/judged-fleet.js';
import { PreflightDesk } from '../../gate/preflight-desk.js';
import { WindowsService } from '../../gate/windows.service.js';

let fleet: JudgedFleet;
afterEach(() => fleet.close());

const direct = { value: { configured: 'direct-san', directKind: 'san', source: 'product' } } as const;
/** A well-kept Direct SAN proxy with one VMFS LUN in sight. */
const beside = (facts: Partial<WindowsFacts> = {}): WindowsFacts =>
  windowsFacts({ transport: direct, disks: { value: [windowsBootDisk(), vmfsDisk(1)] }, ...facts });
const onlineAll = { sanPolicy: { value: 'OnlineAll' } } as const;
const unread = { unknown: 'denied' } as const;
/** Says something that no rule asks for here. */
const elsewhere = (n: number) => ({ staleMountPoints: { value: n } });

async function start(): Promise<void> {
  fleet = await JudgedFleet.start('2026-11-20T06:00:00.000Z');
  await fleet.collected(await fleet.vcenter(), { isFirst: true });
  await fleet.deliver();
}
async function reported(name: string, facts: HostFacts = beside()): Promise<EnrolledHost> {
  const host = await fleet.enrolled(name);
  expect(await fleet.send(host, { ...facts, hostname: name })).toBe('accepted');
  return host;
}
/** The next report of a host, a minute later. */
const report = (host: EnrolledHost, name: string, facts: HostFacts, changes: Partial<ProxyReport> = {}) => {
  fleet.pass(1);
  return fleet.send(host, { ...facts, hostname: name }, changes);
};
const finding = async (host: EnrolledHost, code: string): Promise<Finding> => {
  const one = (await fleet.page(host)).assessment.findings.find((each) => each.code === code);
  if (one === undefined) throw new Error(`${code} is no rule`);
  return one;
};
const verdict = async (host: EnrolledHost, code: string) => (await finding(host, code)).verdict;
const verdicts = async (host: EnrolledHost, codes: readonly string[]) =>
  Object.fromEntries(await Promise.all(codes.map(async (code) => [code, await verdict(host, code)] as const)));
/** Judging the host again, and again after everything in memory is gone, changes nothing that a reader sees. */
async function staysSo(host: EnrolledHost): Promise<void> {
  const seen = async () => (await fleet.page(host)).assessment.findings.map(({ code, verdict: said }) => [code, said]);
  await fleet.sweep();
  const before = await seen();
  await fleet.judgeEveryone();
  expect(await seen()).toEqual(before);
  await fleet.sweep();
  expect(await seen()).toEqual(before);
}

describe('what has changed on a host', () => {
  it('stays found through other changes, restarts and sweeps, until it is undone', async () => {
    await start();
    const host = await reported('drifts');
    expect(await verdicts(host, ['WIN-006', 'WIN-015', 'WIN-019'])).toEqual({
      'WIN-006': 'not-applicable',
      'WIN-015': 'not-applicable',
      'WIN-019': 'not-applicable',
    });
    await report(host, 'drifts', beside(elsewhere(1)));
    expect(await verdict(host, 'WIN-006')).toBe('safe');
    await report(host, 'drifts', beside({ ...onlineAll, ...elsewhere(1) }));
    expect(await verdict(host, 'WIN-006')).toBe('at-risk');
    await report(host, 'drifts', beside({ ...onlineAll, ...elsewhere(2) }));
    expect(await finding(host, 'WIN-006')).toMatchObject({ verdict: 'at-risk', severity: 'high' });
    await staysSo(host);
    await report(host, 'drifts', beside({ sanPolicy: unread, ...elsewhere(2) }));
    expect(await verdict(host, 'WIN-006')).not.toBe('safe');
    await report(host, 'drifts', beside({ ...onlineAll, ...elsewhere(3) }));
    expect(await verdict(host, 'WIN-006')).toBe('at-risk');
    await report(host, 'drifts', beside(elsewhere(3)));
    expect(await verdict(host, 'WIN-006')).toBe('safe');
    await staysSo(host);
  });

  it('is found in tables and in disk numbers', async () => {
    await start();
    const luns = (...list: ReturnType<typeof vmfsDisk>[]) => beside({ disks: { value: [windowsBootDisk(), ...list] } });
    const awake = { isOffline: { value: false } };
    const one = vmfsDisk(1, storyNaa(1), awake);
    const two = vmfsDisk(2, storyNaa(2));
    const host = await reported('seats', luns(one, two));
    await report(host, 'seats', luns({ ...one, number: 2 }, { ...two, number: 1 }));
    expect(await verdicts(host, ['WIN-015', 'WIN-019'])).toEqual({ 'WIN-015': 'safe', 'WIN-019': 'at-risk' });
    await report(host, 'seats', luns({ ...one, number: 2 }, { ...two, number: 1, partitionStyle: 'MBR' }));
    expect(await verdicts(host, ['WIN-015', 'WIN-019'])).toEqual({ 'WIN-015': 'at-risk', 'WIN-019': 'at-risk' });
    await staysSo(host);
    await report(host, 'seats', luns({ ...vmfsDisk(1), number: 2 }, { ...two, number: 1 }));
    expect(await verdicts(host, ['WIN-015', 'WIN-019'])).toEqual({ 'WIN-015': 'safe', 'WIN-019': 'safe' });
  });

  it('is compared with the report in force for a host that reported before anything was kept', async () => {
    await start();
    const host = await reported('older');
    await fleet.store.dataSource.query('DELETE FROM host_baseline');
    await fleet.judgeEveryone();
    expect(await verdict(host, 'WIN-006')).toBe('not-applicable');
    await report(host, 'older', beside(onlineAll));
    expect(await verdict(host, 'WIN-006')).toBe('at-risk');
  });

  it('costs no write while guards and disks say nothing new', async () => {
    await start();
    const host = await reported('quiet');
    await report(host, 'quiet', beside(elsewhere(1)));
    const row = async () => fleet.store.dataSource.query('SELECT xmin::text FROM host_baseline');
    const before = await row();
    await report(host, 'quiet', beside(elsewhere(2)));
    expect(await row()).toEqual(before);
  });
});

describe('how most others are set', () => {
  it('is told of a host that is set otherwise, turns with the fleet, and is unknown when nobody reports', async () => {
    await start();
    const names = ['one', 'two', 'three', 'four', 'five'];
    const hosts: EnrolledHost[] = [];
    await fleet.store.dataSource.query('DELETE FROM fleet_custom');
    for (const name of names) hosts.push(await reported(name, name === 'five' ? beside(onlineAll) : beside()));
    fleet.pass(1);
    const all = () => Promise.all(hosts.map((host) => verdict(host, 'WIN-007')));
    expect(await all()).toEqual(['unknown', 'unknown', 'unknown', 'unknown', 'unknown']);
    await fleet.sweep();
    expect(await all()).toEqual(['safe', 'safe', 'safe', 'safe', 'at-risk']);
    await staysSo(hosts[4]!);
    for (const at of [1, 2, 3]) await report(hosts[at]!, names[at]!, beside(onlineAll));
    await fleet.sweep();
    await fleet.sweep();
    expect(await all()).toEqual(['at-risk', 'safe', 'safe', 'safe', 'safe']);
    fleet.pass(4 * 60);
    await report(hosts[0]!, 'one', beside());
    await fleet.sweep();
    await fleet.sweep();
    expect(await verdict(hosts[0]!, 'WIN-007')).toBe('unknown');
  });
});

const listed = (hostName: string, change: Partial<ListedProxy> = {}): ListedProxy => ({
  hostName,
  isOnline: { value: true },
  isDisabled: { value: false },
  isOutOfDate: { value: false },
  encryptsNetwork: { value: true },
  selectsDatastores: { value: false },
  neededDatastores: { value: [{ vcenter: storyVcenter.name, name: 'gold', moref: 'datastore-1' }] },
  sanRestores: { value: 0 },
  jobs: { value: { areEnabled: false, runningTasks: 0 } },
  ...change,
});
const backupServer = (proxies: BackupProduct['proxies'], change: Partial<BackupProduct> = {}): WindowsFacts =>
  windowsFacts({
    roles: { value: ['backup-server'] },
    backupProduct: {
      value: {
        name: 'Veeam Backup & Replication',
        build: '12.3.2.3617',
        patches: { value: [] },
        isDomainJoined: { value: false },
        proxies,
        ...change,
      },
    },
  });
const automatic = beside({ transport: { value: { configured: 'network', allowFallback: true, source: 'product' } } });
const productRules = ['LUN-001', 'LUN-003', 'NET-001', 'VBR-004', 'VBR-008', 'COL-004'] as const;
const each = (said: string) => Object.fromEntries(productRules.map((code) => [code, said]));

describe('what the backup product says', () => {
  it('reaches the proxy that it names, is as old as its server, and never looks safe once it is stale', async () => {
    await start();
    const proxy = await reported('proxy01.a.example', automatic);
    expect(await verdicts(proxy, productRules)).toEqual(each('unknown'));
    const good = backupServer({ value: [listed('PROXY01')] });
    const server = await reported('vbr', good);
    await fleet.sweep();
    expect(await verdicts(proxy, productRules)).toEqual(each('safe'));
    expect(await verdicts(server, ['VBR-001', 'VBR-003'])).toMatchObject({ 'VBR-003': 'safe' });
    await staysSo(proxy);
    const bad = listed('PROXY01', {
      isOnline: { value: false },
      isOutOfDate: { value: true },
      encryptsNetwork: { value: false },
      neededDatastores: { value: [] },
    });
    await report(server, 'vbr', backupServer({ value: [bad] }, { isDomainJoined: { value: true } }));
    await fleet.sweep();
    const worse = { ...each('at-risk'), 'COL-004': 'safe', 'LUN-003': 'safe' };
    expect(await verdicts(proxy, productRules)).toEqual(worse);
    expect(await verdict(server, 'VBR-003')).toBe('at-risk');
    await staysSo(proxy);
    await report(server, 'vbr', good);
    await fleet.sweep();
    expect(await verdicts(proxy, productRules)).toEqual(each('safe'));
    // The proxy goes on reporting; its server does not.
    fleet.pass(24 * 60 + 1);
    expect(Date.parse((await fleet.row(proxy)).validUntil)).toBeLessThan(Date.parse(fleet.now()));
    await report(proxy, 'proxy01.a.example', automatic);
    await fleet.sweep();
    expect(await verdicts(proxy, productRules)).toEqual(each('unknown'));
  });

  it('is lost with the rights of its collector: what was good grows old, what was bad stands', async () => {
    await start();
    const proxy = await reported('proxy01', automatic);
    const server = await reported(
      'vbr',
      backupServer({ value: [listed('proxy01', { isOutOfDate: { value: true } })] }),
    );
    await fleet.sweep();
    const blind = windowsFacts({ roles: { value: ['backup-server'] }, backupProduct: unread });
    for (let hours = 0; hours < 26; hours++) {
      fleet.pass(60);
      await report(server, 'vbr', blind);
      await report(proxy, 'proxy01', automatic);
      await fleet.sweep();
    }
    expect(await verdicts(proxy, productRules)).toEqual({ ...each('unknown'), 'VBR-004': 'at-risk' });
  });

  it('is nobody`s where a name may mean two, and never guessed', async () => {
    await start();
    const one = await reported('proxy01.a.example', automatic);
    const other = await reported('proxy01.b.example', automatic);
    const server = await reported('vbr', backupServer({ value: [listed('proxy01')] }));
    await fleet.sweep();
    for (const host of [one, other]) expect(await verdicts(host, productRules)).toEqual(each('unknown'));
    await report(server, 'vbr', backupServer({ value: [listed('proxy01.A.example')] }));
    await fleet.sweep();
    expect(await verdict(one, 'COL-004')).toBe('safe');
    expect(await verdict(other, 'VBR-004')).toBe('not-applicable');
    await report(server, 'vbr', backupServer({ value: [listed('proxy01.A.example'), listed('10.0.0.7')] }));
    await fleet.sweep();
    expect(await verdict(other, 'COL-004')).toBe('unknown');
  });

  it('tells of a proxy that never reported, and of a host that only claims to be one', async () => {
    await start();
    const silent = await fleet.enrolled('silent');
    const claims = await reported('claims', beside({ roles: { value: ['proxy'] } }));
    await reported('vbr', backupServer({ value: [listed('silent')] }));
    await fleet.sweep();
    expect(await verdict(silent, 'COL-004')).toBe('at-risk');
    expect(await verdict(claims, 'COL-004')).toBe('at-risk');
  });
});

const hour = 60;
const inHours = (hours: number) => new Date(Date.parse(fleet.now()) + hours * 3_600_000).toISOString();
const plan = (startsIn: number, endsIn: number, hosts: readonly EnrolledHost[] | null = null) =>
  fleet.part(WindowsService).add(
    {
      name: 'patch night',
      startsAt: inHours(startsIn),
      endsAt: inHours(endsIn),
      timeZone: 'UTC',
      hostIds: hosts?.map(({ hostId }) => hostId) ?? null,
    },
    'ada',
  );

describe('what is planned for a host', () => {
  it('is judged when a window is planned, opens, ends and goes unverified, with nobody reporting anything new', async () => {
    await start();
    const host = await reported('planned', beside(onlineAll));
    const other = await reported('other');
    const codes = ['CHG-001', 'CHG-002', 'CHG-003', 'CHG-004', 'CHG-005', 'COL-002'];
    expect(await verdicts(host, codes)).toEqual({
      'CHG-001': 'not-applicable',
      'CHG-002': 'not-applicable',
      'CHG-003': 'not-applicable',
      'CHG-004': 'not-applicable',
      'CHG-005': 'safe',
      'COL-002': 'safe',
    });
    await plan(2, 4, [host]);
    await fleet.sweep();
    expect(await verdicts(host, ['CHG-001', 'CHG-002'])).toEqual({ 'CHG-001': 'at-risk', 'CHG-002': 'at-risk' });
    expect(await verdict(other, 'CHG-002')).toBe('not-applicable');
    expect((await fleet.row(host)).validUntil).toBe(inHours(2));
    await staysSo(host);
    fleet.pass(2 * hour + 1);
    await fleet.sweep();
    // Nobody knows what the jobs do, and a window is open.
    expect(await verdict(host, 'CHG-003')).toBe('unknown');
    fleet.pass(2 * hour);
    await fleet.sweep();
    expect(await verdict(host, 'CHG-004')).toBe('unknown');
    await plan(24 * 20, 24 * 20 + 1);
    fleet.pass(2 * hour + 1);
    await fleet.sweep();
    expect(await finding(host, 'CHG-004')).toMatchObject({ verdict: 'at-risk', severity: 'high' });
    await staysSo(host);
    // The same facts as ever prove that it is back.
    await report(host, 'planned', beside(onlineAll));
    await fleet.sweep();
    expect(await verdict(host, 'CHG-004')).toBe('safe');
    await staysSo(host);
  });

  it('is settled after a window by a report that says nothing new and takes the short way', async () => {
    await start();
    const host = await reported('short-way');
    await plan(-0.1, 0.2, [host]);
    await fleet.sweep();
    fleet.pass(13);
    expect(await report(host, 'short-way', beside())).toBe('unchanged');
    await fleet.sweep();
    await fleet.sweep();
    expect(await verdict(host, 'CHG-004')).toBe('safe');
  });

  it('asks for guards and a pre-flight, and is content with both', async () => {
    await start();
    const host = await reported('ready');
    const window = await plan(3, 5, [host]);
    await fleet.sweep();
    expect(await verdicts(host, ['CHG-001', 'CHG-002'])).toEqual({ 'CHG-001': 'safe', 'CHG-002': 'at-risk' });
    const desk = fleet.part(PreflightDesk);
    await desk.request(host.hostId, 'ada');
    const nonce = (await fleet.store.read.preflights.waiting(inHours(-1))).get(host.hostId)!;
    fleet.pass(1);
    const result = await fleet.send(host, { ...beside(), hostname: 'ready' }, { nonce });
    const receipt = { reportId: randomUUID(), result, nextReportInMs: 1 };
    await desk.receipt({ hostId: host.hostId, nonce, ageMs: 0, at: new Date(fleet.now()) }, receipt);
    await fleet.sweep();
    expect(await verdict(host, 'CHG-002')).toBe('safe');
    await staysSo(host);
    await fleet.part(WindowsService).remove(window.id);
    await fleet.sweep();
    expect(await verdicts(host, ['CHG-001', 'CHG-002'])).toEqual({
      'CHG-001': 'not-applicable',
      'CHG-002': 'not-applicable',
    });
  });

  it('knows of jobs what the product said within the last quarter of an hour', async () => {
    await start();
    const host = await reported('busy', automatic);
    const says = (areEnabled: boolean) =>
      backupServer({ value: [listed('busy', { jobs: { value: { areEnabled, runningTasks: 0 } } })] });
    const server = await reported('vbr', says(false));
    await plan(-0.1, 3, [host]);
    await fleet.sweep();
    expect(await verdict(host, 'CHG-003')).toBe('safe');
    await report(server, 'vbr', says(true));
    await fleet.sweep();
    expect(await verdict(host, 'CHG-003')).toBe('at-risk');
    await report(server, 'vbr', says(false));
    await fleet.sweep();
    fleet.pass(16);
    await report(host, 'busy', automatic);
    await fleet.sweep();
    expect(await verdict(host, 'CHG-003')).toBe('unknown');
  });

  it('warns for a week of a report number that was used again', async () => {
    await start();
    const host = await reported('numbers');
    const first = await fleet.next(host, { ...beside(elsewhere(1)), hostname: 'numbers' });
    await fleet.intake.accept(host.hostId, first);
    const other = await fleet.next(host, { ...beside(elsewhere(2)), hostname: 'numbers' });
    const reused = { ...other, head: { ...other.head, reportId: first.head.reportId } };
    await expect(fleet.intake.accept(host.hostId, reused)).rejects.toMatchObject({ code: 'conflict' });
    await fleet.sweep();
    expect(await finding(host, 'COL-002')).toMatchObject({ verdict: 'at-risk', severity: 'high' });
    await staysSo(host);
    for (let n = 0; n < 3; n++) await fleet.intake.accept(host.hostId, reused).catch(() => undefined);
    expect(await fleet.store.dataSource.query('SELECT 1 FROM report_refusal')).toHaveLength(1);
    fleet.pass(7 * 24 * hour + 1);
    await report(host, 'numbers', beside());
    expect(await verdict(host, 'COL-002')).toBe('safe');
  });
});
