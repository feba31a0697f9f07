import type { WindowsFacts } from '@lunwarden/contract';
import { vmfsDisk, windowsBootDisk, windowsFacts } from '@lunwarden/sample-fleet';
import { afterEach, describe, expect, it } from 'vitest';
import { type EnrolledHost, JudgedFleet } from '../../e2e/judged-fleet.js';

let fleet: JudgedFleet;
afterEach(() => fleet.close());

const morning = '2026-11-20T06:00:00.000Z';
const guarded = (facts: Partial<WindowsFacts> = {}): WindowsFacts =>
  windowsFacts({ disks: { value: [windowsBootDisk(), vmfsDisk(1)] }, ...facts });
/** When the verdict that is stored was made. */
const judgedAt = async ({ hostId }: EnrolledHost): Promise<string | undefined> =>
  (await fleet.store.read.assessments.one(hostId))?.assessment.asOf;

/** Well-kept hosts that reported by the map of one vCenter. */
async function reporting(...names: readonly [string, ...string[]]) {
  fleet = await JudgedFleet.start(morning);
  await fleet.collected(await fleet.vcenter(), { isFirst: true });
  await fleet.deliver();
  const hosts: EnrolledHost[] = [];
  for (const name of names) hosts.push(await fleet.enrolled(name));
  for (const host of hosts) expect(await fleet.send(host, guarded())).toBe('accepted');
  return { hosts, host: hosts[0]! };
}

describe('a verdict of a version before', () => {
  it('is no longer read as good, and made again by the first sweep', async () => {
    const { hosts, host } = await reporting('one', 'two');
    const { level } = await fleet.row(host);
    await fleet.store.dataSource.query(`UPDATE assessment SET judged_by = 'older 0'`);
    fleet.pass(5);
    // What a host says again does not make its verdict any newer.
    expect(await fleet.send(host, guarded())).toBe('unchanged');
    for (const each of hosts) expect(await fleet.row(each)).toMatchObject({ level: 'unknown', blastIsComplete: false });
    expect((await fleet.page(host)).assessment).toMatchObject({ level: 'unknown' });
    const from = await fleet.store.read.changes.last();
    await fleet.sweep();
    for (const each of hosts) expect(await fleet.row(each)).toMatchObject({ level, blastIsComplete: true });
    for (const each of hosts) expect(await judgedAt(each)).toBe(fleet.now());
    // Whoever was told that they are unknown is told that they are not.
    const told = await fleet.store.read.changes.since(from, 100);
    expect(told.filter(({ kind }) => kind === 'host')).toHaveLength(hosts.length);
    const again = fleet.now();
    fleet.pass(5);
    await fleet.sweep();
    expect(await judgedAt(host)).toBe(again);
  });

  it('stays unknown in a server that is older than it, which leaves it to the newer one', async () => {
    const { host } = await reporting('proxy');
    await fleet.store.read.models.takeOver('newer');
    fleet.pass(5);
    await fleet.sweep();
    expect(await fleet.row(host)).toMatchObject({ level: 'unknown' });
    expect(await judgedAt(host)).toBe(morning);
    await fleet.send(host, guarded({ staleMountPoints: { value: 1 } }));
    expect(await fleet.row(host)).toMatchObject({ level: 'unknown' });
  });

  it('of another policy is no longer read as good either', async () => {
    const { host } = await reporting('proxy');
    const { level } = await fleet.row(host);
    const change = { path: 'hotAddTasks', before: 4, after: 5, reason: 'we run five of them' };
    await fleet.store.read.policy.add({ ...change, by: 'ada', at: fleet.now() }, host.hostId);
    expect(await fleet.row(host)).toMatchObject({ level: 'unknown' });
    await fleet.sweep();
    expect(await fleet.row(host)).toMatchObject({ level });
  });

  it('is made again by the first sweep, although nothing of it has run out', async () => {
    const { host } = await reporting('proxy');
    const { assessment } = (await fleet.store.read.assessments.one(host.hostId))!;
    // As the migration leaves it: plain, and with hashes of nothing.
    const text = `UPDATE assessment SET dictionary = NULL, body = $2, body_said = '', summary_said = '' WHERE host_id = $1`;
    await fleet.store.dataSource.query(text, [host.hostId, Buffer.from(JSON.stringify(assessment))]);
    fleet.pass(5);
    await fleet.sweep();
    expect(await judgedAt(host)).toBe(fleet.now());
    const again = fleet.now();
    fleet.pass(5);
    await fleet.sweep();
    expect(await judgedAt(host)).toBe(again);
  });
});
