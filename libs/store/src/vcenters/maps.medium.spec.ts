import { randomUUID } from 'node:crypto';
import type { LunMap } from '@lunwarden/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../../../tools/testing/fresh-database.js';
import { type CompleteLunMap, IncompleteMapError, Store } from '../index.js';

let database: FreshDatabase;
let store: Store;

beforeAll(async () => {
  database = await freshDatabase();
  store = await Store.open({ url: database.url, allowUnsafe: true });
});
afterAll(async () => {
  await store.close();
  await database.drop();
});
beforeEach(async () => {
  for (const { id } of await store.read.vcenters.statuses()) await store.read.vcenters.remove(id);
});

const naa = (n: number) => `naa:6000000000000000000000000000${String(n).padStart(4, '0')}`;

const vm = (id: string, ...datastores: string[]): LunMap['vms'][number] => ({
  id,
  name: `name of ${id}`,
  host: 'host-1',
  datastores,
  instanceUuid: null,
  biosUuid: null,
  isTemplate: false,
  changeVersion: null,
});

const datastore = (n: number, keys: string[][], vmfsUuid: string | null = `vmfs-${n}`) =>
  ({
    id: `datastore-${n}`,
    name: `ds${n}`,
    path: `/dc/ds${n}`,
    type: 'VMFS',
    vmfsUuid,
    url: null,
    capacityBytes: '18446744073709551615',
    freeBytes: String(n),
    accessible: true,
    extents: keys.map((of, partition) => ({ diskName: of[0] ?? 'mpx.vmhba0:C0:T0:L0', partition, keys: of })),
    hosts: [{ host: 'host-1', mounted: true, accessible: true }],
  }) as LunMap['datastores'][number];

function mapOf(datastores: LunMap['datastores'], vms: LunMap['vms'], instance = 'instance-a'): CompleteLunMap {
  const hosts: LunMap['hosts'] = [
    {
      id: 'host-1',
      name: 'esx1',
      cluster: 'c',
      datacenter: 'dc',
      connectionState: 'connected',
      inMaintenanceMode: false,
      version: '8.0.3',
      build: '1',
      hardwareUuid: null,
    },
  ];
  const all = (got: number) => ({ expected: got, got });
  return {
    vcenterUuid: instance,
    apiVersion: '8.0.3.0',
    build: '1',
    collectedAt: '2026-11-22T19:00:00.000Z',
    durationMs: 1000,
    complete: true,
    counts: { datastores: all(datastores.length), hosts: all(1), vms: all(vms.length) },
    gaps: [],
    datastores,
    hosts,
    vms,
  };
}

async function vcenter(name: string): Promise<string> {
  const id = randomUUID();
  const secret = { keyId: 'k', wrappedKey: Buffer.of(1), sealed: Buffer.of(2) };
  const row = { id, name, url: `https://${name}`, username: 'u', trust: { kind: 'system' as const }, secret };
  expect(await store.read.vcenters.add(row)).toBe('added');
  return id;
}
const replace = (id: string, map: CompleteLunMap) => store.inTransaction((tx) => tx.maps.replace(id, map));

const nothingOdd = { isStale: false, isCopy: false, isNewGeneration: false };

const threeOnThree = () =>
  mapOf(
    [datastore(1, [[naa(1)]]), datastore(2, [[naa(2), naa(20)], [naa(3)]]), datastore(3, [[]], null)],
    [vm('vm-1', 'datastore-1'), vm('vm-2', 'datastore-1', 'datastore-2'), vm('vm-3', 'datastore-3')],
  );

describe('a map in force', () => {
  it('writes no row when the vCenter says the same again', async () => {
    const id = await vcenter('a');
    // 3 datastores, 5 extent rows, 1 host, 3 VMs, 4 places, what lies on 4 LUNs, and what a cluster mounts.
    expect((await replace(id, threeOnThree())).rowsWritten).toBe(23);
    const shuffled = threeOnThree();
    const again = { ...shuffled, vms: shuffled.vms.toReversed(), datastores: shuffled.datastores.toReversed() };
    expect(await replace(id, again)).toEqual({
      changedHostIds: [],
      changedLunKeys: [],
      concernsEveryone: false,
      rowsWritten: 0,
    });
  });

  it('writes what differs, and names the LUNs whose reach is another one', async () => {
    const id = await vcenter('a');
    const first = await replace(id, threeOnThree());
    expect(new Set(first.changedLunKeys)).toEqual(new Set([naa(1), naa(2), naa(20), naa(3)]));
    const moved = threeOnThree();
    moved.vms = [vm('vm-1', 'datastore-2'), ...moved.vms.slice(1)];
    const second = await replace(id, moved);
    expect(second.rowsWritten).toBe(2);
    expect(new Set(second.changedLunKeys)).toEqual(new Set([naa(1), naa(2), naa(20), naa(3)]));
    const shrunk = mapOf(moved.datastores.slice(1), moved.vms);
    const third = await replace(id, shrunk);
    expect(third).toEqual({ changedHostIds: [], changedLunKeys: [naa(1)], concernsEveryone: false, rowsWritten: 3 });
  });

  it('gives no host another verdict because a VM was renamed', async () => {
    const id = await vcenter('a');
    await replace(id, threeOnThree());
    const renamed = threeOnThree();
    renamed.vms = renamed.vms.map((one) => ({ ...one, name: `${one.name}!` }));
    expect(await replace(id, renamed)).toEqual({
      changedHostIds: [],
      changedLunKeys: [],
      concernsEveryone: false,
      rowsWritten: 3,
    });
  });

  it.each<[string, (map: CompleteLunMap) => LunMap]>([
    ['says so', (map) => ({ ...map, complete: false })],
    ['has a gap', (map) => ({ ...map, gaps: [{ object: 'datastore-1', path: 'info', reason: 'NoPermission' }] })],
    ['lost an object', (map) => ({ ...map, counts: { ...map.counts, vms: { expected: 4, got: 3 } } })],
    ['counts more than it brings', (map) => ({ ...map, datastores: map.datastores.slice(1) })],
  ])('is never a map that %s', async (_, broken) => {
    const id = await vcenter('a');
    await replace(id, threeOnThree());
    const before = await store.read.maps.index();
    await expect(replace(id, broken(threeOnThree()) as CompleteLunMap)).rejects.toBeInstanceOf(IncompleteMapError);
    expect(await store.read.maps.index()).toEqual(before);
  });
});

describe('the index of maps', () => {
  it('holds datastores, the keys of each extent, and VMs by the id of their vCenter', async () => {
    const id = await vcenter('a');
    await vcenter('never collected');
    await replace(id, threeOnThree());
    const { vcenters, datastores } = await store.read.maps.index();
    expect(vcenters.map(({ name, collectedAt }) => [name, collectedAt])).toEqual([
      ['a', '2026-11-22T19:00:00.000Z'],
      ['never collected', null],
    ]);
    expect(datastores).toEqual([
      {
        id: 'instance-a/datastore-1',
        name: 'ds1',
        vcenter: 'a',
        vmfsUuid: 'vmfs-1',
        extents: [[naa(1)]],
        vmIds: ['instance-a/vm-1', 'instance-a/vm-2'],
        ...nothingOdd,
      },
      {
        id: 'instance-a/datastore-2',
        name: 'ds2',
        vcenter: 'a',
        vmfsUuid: 'vmfs-2',
        extents: [[naa(2), naa(20)], [naa(3)]],
        vmIds: ['instance-a/vm-2'],
        ...nothingOdd,
      },
      {
        id: 'instance-a/datastore-3',
        name: 'ds3',
        vcenter: 'a',
        vmfsUuid: null,
        extents: [[]],
        vmIds: ['instance-a/vm-3'],
        ...nothingOdd,
      },
    ]);
  });

  it('counts the VMs of both vCenters that mount one volume', async () => {
    const [a, b] = [await vcenter('a'), await vcenter('b')];
    await replace(a, mapOf([datastore(1, [[naa(1)]], 'shared')], [vm('vm-1', 'datastore-1')]));
    await replace(b, mapOf([datastore(7, [[naa(1), naa(8)]], 'shared')], [vm('vm-1', 'datastore-7')], 'instance-b'));
    const { datastores } = await store.read.maps.index();
    expect(datastores).toHaveLength(1);
    expect(datastores[0]).toMatchObject({
      extents: [[naa(1), naa(8)]],
      vmIds: ['instance-a/vm-1', 'instance-b/vm-1'],
    });
    const named = await store.read.maps.vms(['instance-a/datastore-1']);
    expect(named.map(({ id, vcenter: of, datastores: on }) => [id, of, on])).toEqual([
      ['instance-a/vm-1', 'a', ['ds1']],
      ['instance-b/vm-1', 'b', ['ds7']],
    ]);
    const moved = await replace(a, mapOf([datastore(1, [[naa(1)]], 'shared')], []));
    expect(new Set(moved.changedLunKeys)).toEqual(new Set([naa(1), naa(8)]));
  });

  it('has a new version after every map and none that shows before its map', async () => {
    const id = await vcenter('a');
    const before = await store.read.maps.version();
    await store.inTransaction(async (tx) => {
      await tx.maps.replace(id, threeOnThree());
      expect(await store.read.maps.version()).toBe(before);
    });
    expect(await store.read.maps.version()).toBeGreaterThan(before);
  });
});
