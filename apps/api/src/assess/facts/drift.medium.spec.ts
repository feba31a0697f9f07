import { storyNaa, vmfsDisk, windowsBootDisk } from '@lunwarden/sample-fleet';
import { afterEach, describe, expect, it } from 'vitest';
import {
  beside,
  elsewhere,
  finding,
  fleet,
  onlineAll,
  report,
  reported,
  start,
  staysSo,
  unread,
  verdict,
  verdicts,
} from '../../../e2e/around-fleet.js';
import type { EnrolledHost } from '../../../e2e/judged-fleet.js';

afterEach(() => fleet.close());

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

  it('counts nobody whose facts are older than the site lets them be', async () => {
    await start();
    const names = ['one', 'two', 'three', 'four'];
    // What was bad stays told when it is old, so that only its age keeps it from being counted.
    const open = beside({ ...onlineAll, automount: { value: 'enabled' } });
    const hosts: EnrolledHost[] = [];
    for (const name of names) hosts.push(await reported(name, open));
    fleet.pass(1);
    await fleet.sweep();
    const [first] = hosts;
    expect(await verdict(first!, 'WIN-007')).toBe('safe');
    await fleet.store.dataSource.query(
      `INSERT INTO policy_change (path, before, after, reason, changed_by_id, changed_by, changed_at)
       VALUES ('freshness.hostStateMs', 10800000, 3600000, 'our proxies report often', gen_random_uuid(), 'ada', now())`,
    );
    fleet.pass(90);
    await fleet.sweep();
    await report(first!, 'one', open);
    await fleet.sweep();
    expect(await verdict(first!, 'WIN-007')).toBe('unknown');
  });
});
