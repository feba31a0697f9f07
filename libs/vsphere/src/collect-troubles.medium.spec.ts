import { LunMap } from '@lunwarden/contract';
import { type SanOrder, smallSan, vcsimTruth } from '@lunwarden/sample-fleet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { optionsFor, skipNote } from '../testing/options.js';
import { findVcsim, startVcsim, type Vcsim } from '../testing/vcsim.js';
import { collectLunMap } from './index.js';

const program = await findVcsim();
if (program === null) console.warn(skipNote);
const order: SanOrder = {
  ...smallSan,
  troubles: ['hot-added', 'proxy-snapshot', 'proxy-backed-up', 'left-behind', 'old-esxi', 'copy', 'dead-paths'],
};

describe.skipIf(program === null)('what a night of backups and an array did', () => {
  const truth = vcsimTruth(order);
  const proxy = truth.vms[0]?.id ?? '';
  let vcsim: Vcsim;
  let map: LunMap;
  beforeAll(async () => {
    vcsim = await startVcsim(program ?? '', { order, apiVersion: '8.0.3.0' });
    map = await collectLunMap(optionsFor(vcsim.url, { details: true }));
  });
  afterAll(() => vcsim?.stop());

  test('is in a map that is whole and fits the contract', () => {
    expect(LunMap.parse(map)).toEqual(map);
    expect(map).toMatchObject({ complete: true, gaps: [], details: { gaps: [] } });
  });

  test('is told of snapshots and of VMs that need consolidation', () => {
    expect(map.snapshots?.map(({ vm, name }) => ({ vm, name }))).toEqual(truth.snapshots);
    expect(map.snapshots?.every(({ createdAt }) => createdAt === '2026-11-01T22:00:00.000Z')).toBe(true);
    expect(map.needConsolidation).toEqual(truth.needConsolidation);
  });

  test('is told of disks of others on the proxy, by their owner and the name that its guest sees', async () => {
    const told = (disks: NonNullable<LunMap['watched']>['foreignDisks'] = []) =>
      disks.map(({ vm, owner, keys, isIndependent }) => ({ vm, owner, key: keys.join(), isIndependent }));
    const expected = truth.foreignDisks.map((one) => ({ ...one, isIndependent: true }));
    expect(expected).toHaveLength(1);
    expect(told(map.details?.foreignDisks)).toEqual(expected);
    const watching = await collectLunMap(optionsFor(vcsim.url, { watchedVms: [proxy, 'vm-gone'] }));
    expect(watching.watched?.vms).toEqual([proxy]);
    expect(told(watching.watched?.foreignDisks)).toEqual(expected);
    expect(watching).not.toHaveProperty('details');
  });

  test('is told of the path that is dead, and of no other', () => {
    const dead = map.details?.paths?.flatMap(({ host, notWorking }) =>
      notWorking.map(({ name, canonicalName }) => ({ host, name, diskName: canonicalName })),
    );
    expect(dead).toEqual(truth.deadPaths);
    expect(map.details?.paths?.every(({ paths }) => paths === 2 * order.lunsPerCluster)).toBe(true);
  });

  test('is told which subsystem offers an NVMe namespace', () => {
    const offered = map.details?.luns.flatMap(({ canonicalName, subsystemNqn }) =>
      subsystemNqn === undefined ? [] : [{ canonicalName, subsystemNqn }],
    );
    expect(offered?.length).toBeGreaterThan(0);
    expect(offered).toEqual(truth.subsystems);
  });

  test('is told which build each host runs', () => {
    expect(map.hosts.map(({ id: host, version, build }) => ({ host, version, build }))).toEqual(truth.esxi);
  });
});
