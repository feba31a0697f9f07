import type { HostSummary, WindowsFacts } from '@lunwarden/contract';
import { daysBefore, vmfsDisk, windowsBootDisk, windowsFacts } from '@lunwarden/sample-fleet';
import { afterEach, describe, expect, it } from 'vitest';
import { type EnrolledHost, JudgedFleet } from '../../e2e/judged-fleet.js';
import { SweepService } from './sweep.service.js';

let fleet: JudgedFleet;
afterEach(() => fleet.close());

const morning = '2026-11-20T06:00:00.000Z';
const guarded = (facts: Partial<WindowsFacts> = {}): WindowsFacts =>
  windowsFacts({ disks: { value: [windowsBootDisk(), vmfsDisk(1)] }, ...facts });
const timeless = ({ level, score, patch, topReason, blastIsComplete, vms, state }: HostSummary) => ({
  ...{ level, score, patch, topReason, blastIsComplete, vms, state },
});
/** When the verdict that is stored was made. */
const judgedAt = async ({ hostId }: EnrolledHost): Promise<string | undefined> =>
  (await fleet.store.read.assessments.one(hostId))?.assessment.asOf;

/** A fleet with one vCenter whose map was delivered, and hosts that reported by it. */
async function reporting(startsAt: string, facts: WindowsFacts, names: readonly string[] = ['proxy']) {
  fleet = await JudgedFleet.start(startsAt);
  const vcenter = await fleet.vcenter();
  await fleet.collected(vcenter, { isFirst: true });
  await fleet.deliver();
  const hosts: EnrolledHost[] = [];
  for (const name of names) hosts.push(await fleet.enrolled(name));
  for (const host of hosts) expect(await fleet.send(host, facts)).toBe('accepted');
  return { vcenter, hosts, host: hosts[0]! };
}

describe('a verdict that is prolonged', () => {
  it('ends where support ends, however often the maps and the same report come again', async () => {
    const lastHour = '2027-01-12T22:50:00.000Z';
    const { host, vcenter } = await reporting(
      lastHour,
      guarded({
        lastUpdateSuccessAt: { value: daysBefore(1, lastHour) },
        os: {
          value: { caption: '2016', version: '10.0.14393', ubr: 1, edition: 'ServerStandard', productType: 'server' },
        },
      }),
    );
    const facts = (await fleet.page(host)).report!.facts;
    const supported = await fleet.row(host);
    expect(supported.validUntil).toBe('2027-01-13T00:00:00.000Z');
    const step = async () => {
      fleet.pass(10);
      await fleet.collected(vcenter);
      await fleet.deliver();
      await fleet.sweep();
      return fleet.send(host, facts);
    };
    for (let minutes = 10; minutes < 70; minutes += 10) {
      expect(await step()).toBe('unchanged');
      expect(await fleet.row(host)).toMatchObject({ score: supported.score, validUntil: supported.validUntil });
    }
    await step();
    const ended = await fleet.row(host);
    expect(ended.score).toBeGreaterThan(supported.score);
    await fleet.judgeEveryone();
    expect(timeless(await fleet.row(host))).toEqual(timeless(ended));
  });

  it('holds for longer when its map was read again', async () => {
    const { host, vcenter } = await reporting(morning, guarded());
    const before = await fleet.row(host);
    fleet.pass(10);
    await fleet.collected(vcenter);
    await fleet.deliver();
    await fleet.sweep();
    await fleet.send(host, guarded());
    expect(Date.parse((await fleet.row(host)).validUntil) - Date.parse(before.validUntil)).toBe(10 * 60_000);
    expect(await judgedAt(host)).toBe(morning);
  });

  it('does not outlive its map while another map waits for its hosts', async () => {
    const { host, vcenter } = await reporting(morning, guarded());
    const { validUntil } = await fleet.row(host);
    for (let minutes = 0; minutes < 110; minutes += 10) {
      fleet.pass(10);
      await fleet.collected(vcenter, { vms: 200 });
      await fleet.sweep();
      await fleet.send(host, guarded());
    }
    expect(await fleet.store.read.mapChanges.pending()).not.toEqual([]);
    expect(await fleet.row(host)).toMatchObject({ validUntil, vms: 1 });
    await fleet.deliver();
    expect(await fleet.row(host)).toMatchObject({ vms: 200 });
    expect(Date.parse((await fleet.row(host)).validUntil)).toBeGreaterThan(Date.parse(validUntil));
  });

  it('leans on its map no longer than the site lets maps count', async () => {
    const { host, vcenter } = await reporting(morning, guarded());
    const half = 30 * 60_000;
    const change = { path: 'freshness.mapMs', before: 2 * 3_600_000, after: half, reason: 'ours move fast' };
    await fleet.store.read.policy.add({ ...change, by: 'ada', at: fleet.now() }, host.hostId);
    await fleet.judgeEveryone();
    for (const minutes of [10, 20]) {
      fleet.pass(minutes);
      await fleet.collected(vcenter);
      await fleet.deliver();
      await fleet.sweep();
      await fleet.send(host, guarded());
      expect(Date.parse((await fleet.row(host)).validUntil) - Date.parse(fleet.now())).toBe(half);
    }
  });

  it('is not told of to pages that know the verdict before it', async () => {
    const { host } = await reporting(morning, guarded());
    const { changes, assessments } = fleet.store.read;
    const known = await changes.last();
    const toldOf = async (seq: number) => (await assessments.seenSince(morning, seq)).map(({ hostId }) => hostId);
    fleet.pass(1);
    expect(await fleet.send(host, guarded())).toBe('unchanged');
    expect(await toldOf(known)).toEqual([host.hostId]);
    expect(await fleet.send(host, guarded({ automount: { value: 'enabled' } }))).toBe('accepted');
    expect(await toldOf(known)).toEqual([]);
    expect(await toldOf(await changes.last())).toEqual([host.hostId]);
  });

  it('is not revived once it has run out', async () => {
    const { host } = await reporting(morning, guarded());
    fleet.pass(121);
    const hours = (count: number) => new Date(Date.parse(fleet.now()) + count * 3_600_000).toISOString();
    await fleet.store.read.assessments.prolong(hours(2), fleet.now());
    expect(await fleet.row(host)).toMatchObject({ level: 'unknown', validUntil: '2026-11-20T08:00:00.000Z' });
    expect(await fleet.send(host, guarded())).toBe('unchanged');
    expect(await judgedAt(host)).toBe(fleet.now());
  });
});

describe('a vCenter that was away', () => {
  it('takes the verdicts that lean on its map with it, and gives them back with its first map', async () => {
    const { host, vcenter } = await reporting(morning, guarded());
    const before = timeless(await fleet.row(host));
    expect(before.blastIsComplete).toBe(true);
    for (let minutes = 0; minutes < 150; minutes += 10) {
      fleet.pass(10);
      await fleet.send(host, guarded());
      await fleet.sweep();
    }
    expect(await fleet.row(host)).toMatchObject({ level: 'unknown', blastIsComplete: false });
    fleet.pass(10);
    await fleet.collected(vcenter, { isFirst: true });
    await fleet.deliver();
    await fleet.send(host, guarded());
    expect(timeless(await fleet.row(host))).toEqual(before);
  });
});

describe('a host that cannot be judged', () => {
  const mend = ({ hostId }: EnrolledHost, document: Buffer) =>
    fleet.store.dataSource.query('UPDATE report SET document = $2 WHERE host_id = $1', [hostId, document]);
  /** @returns what its report was */
  async function damage(host: EnrolledHost): Promise<Buffer> {
    const query = 'SELECT document FROM report JOIN host_seen USING (host_id, report_id) WHERE host_id = $1';
    const [{ document }] = await fleet.store.dataSource.query<[{ document: Buffer }]>(query, [host.hostId]);
    await mend(host, Buffer.of(0));
    return document;
  }

  it('does not keep the sweep from the others', async () => {
    const { hosts } = await reporting(morning, guarded(), ['broken', 'one', 'two']);
    await damage(hosts[0]!);
    fleet.pass(170);
    await fleet.sweep();
    expect(await judgedAt(hosts[0]!)).toBe(morning);
    for (const whole of hosts.slice(1)) expect(await judgedAt(whole)).toBe(fleet.now());
  });

  it('does not keep it from them either where as many as one sweep takes come first again and again', async () => {
    const { hosts } = await reporting(morning, guarded(), ['one', 'two', 'three', 'four', 'five']);
    const [first, second, ...others] = hosts.toSorted((a, b) => (a.hostId < b.hostId ? -1 : 1));
    // How they all are set is counted now, and owes nobody a judgement any more.
    fleet.pass(1);
    await fleet.sweep();
    for (const broken of [first!, second!]) await damage(broken);
    await fleet.store.dataSource.query(`UPDATE assessment SET judged_by = 'older 0'`);
    fleet.pass(5);
    const due = fleet.now();
    for (let round = 0; round < 3; round++) await fleet.part(SweepService).sweep(2);
    for (const whole of others) expect(await judgedAt(whole)).toBe(due);
    expect(await judgedAt(first!)).not.toBe(due);
  });

  it('loses its verdict at once, and gets one again with a report that can be read', async () => {
    const { hosts, vcenter } = await reporting(morning, guarded(), ['broken', 'whole']);
    const [broken, whole] = [hosts[0]!, hosts[1]!];
    const { level } = await fleet.row(whole);
    await damage(broken);
    fleet.pass(5);
    await fleet.collected(vcenter, { vms: 7, isFirst: true });
    await fleet.deliver();
    expect(await fleet.row(broken)).toMatchObject({ level: 'unknown', blastIsComplete: false });
    expect(await fleet.row(whole)).toMatchObject({ level, vms: 7, blastIsComplete: true });
    expect(await fleet.send(broken, guarded({ staleMountPoints: { value: 1 } }))).toBe('accepted');
    expect(await fleet.row(broken)).toMatchObject({ vms: 7, blastIsComplete: true });
  });

  it('is told to open pages once, like its return, and its VMs count as at risk', async () => {
    const { host } = await reporting(morning, guarded());
    await fleet.sweep();
    expect(await fleet.store.read.fleet.vmsAtRisk()).toEqual({ count: 0, isComplete: true });
    const { validUntil, level } = await fleet.row(host);
    const from = await fleet.store.read.changes.last();
    const document = await damage(host);
    await fleet.judgeEveryone();
    for (let n = 0; n < 3; n++) await fleet.sweep();
    expect(Date.parse(fleet.now())).toBeLessThan(Date.parse(validUntil));
    const levelsTold = async () =>
      (await fleet.store.read.changes.since(from, 100)).flatMap((change) =>
        change.kind === 'host' ? [change.host.level] : [],
      );
    expect(await levelsTold()).toEqual(['unknown']);
    expect(await fleet.store.read.fleet.vmsAtRisk()).toMatchObject({ count: 1 });
    await mend(host, document);
    await fleet.sweep();
    expect(await levelsTold()).toEqual(['unknown', level]);
  });
});

describe('what people ask of a host', () => {
  it('is answered without anything good after its verdict has run out', async () => {
    const { host } = await reporting(morning, guarded());
    expect(await fleet.vmsInReach(host)).toMatchObject({ total: 1, isComplete: true });
    fleet.pass(30 * 24 * 60);
    const { assessment, summary } = await fleet.page(host);
    expect(summary).toMatchObject({ level: 'unknown', patch: 'unknown', blastIsComplete: false, state: 'stale' });
    expect(assessment).toMatchObject({ level: 'unknown', score: 100, patch: { level: 'unknown' } });
    expect(assessment.modes.map(({ level }) => level)).toEqual(['unknown', 'unknown', 'unknown']);
    expect(await fleet.vmsInReach(host)).toMatchObject({ total: 1, isComplete: false });
  });

  it('is not answered for a host that was retired', async () => {
    const { host } = await reporting(morning, guarded());
    await fleet.store.dataSource.query('UPDATE host SET retired_at = now() WHERE id = $1', [host.hostId]);
    await expect(fleet.page(host)).rejects.toMatchObject({ code: 'not_found' });
    await expect(fleet.vmsInReach(host)).rejects.toMatchObject({ code: 'not_found' });
  });
});
