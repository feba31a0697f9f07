import { vmfsDisk, windowsBootDisk, windowsFacts } from '@lunwarden/sample-fleet';
import type { INestApplication } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { JudgedFleet } from '../../e2e/judged-fleet.js';
import { startReplica } from '../../e2e/replica.js';
import { WeeklyModule } from './weekly.module.js';
import { WeeklyService } from './weekly.service.js';

let fleet: JudgedFleet;
const apps: INestApplication[] = [];
let one: WeeklyService;
let other: WeeklyService;
let levels: Record<string, number>;

/** Monday 06:00: a host is known to be well, and two processes are about to close its week. */
beforeEach(async () => {
  fleet = await JudgedFleet.start('2026-11-22T12:00:00.000Z');
  const host = await fleet.enrolled('proxy');
  fleet.pass(18 * 60);
  await fleet.collected(await fleet.vcenter(), { isFirst: true });
  await fleet.deliver();
  await fleet.send(host, windowsFacts({ disks: { value: [windowsBootDisk(), vmfsDisk(1)] } }));
  const { level } = await fleet.row(host);
  expect(level).not.toBe('unknown');
  levels = { critical: 0, unknown: 0, high: 0, medium: 0, low: 0, minimal: 0, [level]: 1 };
  [one, other] = [await process(), await process()];
});
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
  await fleet.close();
});

async function process(): Promise<WeeklyService> {
  const { url: databaseUrl } = fleet.store.dataSource.options as { url: string };
  const { app } = await startReplica(WeeklyModule, { databaseUrl, now: () => new Date(fleet.now()) });
  apps.push(app);
  return app.get(WeeklyService);
}
const sql = (text: string): Promise<unknown> => fleet.store.dataSource.query(text);
const closedLevels = async () => (await one.report('2026-W47')).snapshot.levels;

describe('a week that is due', () => {
  it.each([
    ['other code', () => sql(`UPDATE assessment SET judged_by = 'older 0'`)],
    [
      'another policy',
      () => {
        const change = { path: 'hotAddTasks', before: 4, after: 5, reason: 'we run five of them' };
        return fleet.store.read.policy.add({ ...change, by: 'ada', at: fleet.now() }, crypto.randomUUID());
      },
    ],
    ['feeds from before an import', () => sql(`UPDATE host_seen SET feeds_moved = true`)],
  ])('waits until verdicts of %s are made again', async (_, outdate) => {
    await outdate();
    expect(await one.closeDue()).toBe('waits-for-verdicts');
    expect(await one.list()).toEqual([]);
    await fleet.sweep();
    expect(await one.closeDue()).toBe('closed');
    expect(await closedLevels()).toEqual(levels);
  });

  it('is closed once by those who waited', async () => {
    await sql(`UPDATE assessment SET judged_by = 'older 0'`);
    const both = [one, other, one, other];
    expect(new Set(await Promise.all(both.map((each) => each.closeDue())))).toEqual(new Set(['waits-for-verdicts']));
    await fleet.sweep();
    const outcomes = (await Promise.all(both.map((each) => each.closeDue()))).sort();
    expect(outcomes).toEqual(['already-closed', 'already-closed', 'already-closed', 'closed']);
    expect(await closedLevels()).toEqual(levels);
  });

  it('is closed as it stands after half an hour', async () => {
    await fleet.store.read.models.takeOver('code that nobody runs');
    expect(await one.closeDue()).toBe('waits-for-verdicts');
    fleet.pass(29);
    await fleet.sweep();
    expect(await one.closeDue()).toBe('waits-for-verdicts');
    fleet.pass(1);
    expect(await one.closeDue()).toBe('closed');
    expect(await closedLevels()).toMatchObject({ unknown: 1 });
  });

  it('waits for nobody who was retired', async () => {
    await sql(`UPDATE assessment SET judged_by = 'older 0'`);
    await sql(`UPDATE host SET retired_at = '2026-11-23T05:00:00Z'`);
    expect(await one.closeDue()).toBe('closed');
  });
});
