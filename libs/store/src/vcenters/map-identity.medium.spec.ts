import { randomUUID } from 'node:crypto';
import type { MapDetails } from '@lunwarden/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../../../tools/testing/fresh-database.js';
import { Store, spellingsOf } from '../index.js';
import { datastore, host, mapOf, naa, type Said, vm } from './testing/tiny-map.js';

let database: FreshDatabase;
let store: Store;
let id: string;

beforeAll(async () => {
  database = await freshDatabase();
  store = await Store.open({ url: database.url, allowUnsafe: true });
});
afterAll(async () => {
  await store.close();
  await database.drop();
});
beforeEach(async () => {
  for (const one of await store.read.vcenters.statuses()) await store.read.vcenters.remove(one.id);
  id = await vcenter('a');
});

async function vcenter(name: string): Promise<string> {
  const secret = { keyId: 'k', wrappedKey: Buffer.of(1), sealed: Buffer.of(2) };
  const row = {
    id: randomUUID(),
    name,
    url: `https://${name}`,
    username: 'u',
    trust: { kind: 'system' as const },
    secret,
  };
  expect(await store.read.vcenters.add(row)).toBe('added');
  return row.id;
}

const replace = (said: Said) => store.inTransaction((tx) => tx.maps.replace(id, mapOf(said)));
const index = async () => (await store.read.maps.index()).datastores;

describe('one volume', () => {
  it('is two datastore objects with one VMFS UUID on one LUN', async () => {
    await replace({
      datastores: [datastore('ds-1', 'u', [[naa(1)]]), datastore('ds-2', 'u', [[naa(1)]])],
      vms: [vm('vm-1', ['ds-1']), vm('vm-2', ['ds-2'])],
    });
    expect(await index()).toMatchObject([{ isCopy: false, vmIds: ['instance-a/vm-1', 'instance-a/vm-2'] }]);
  });

  it('that lies on two LUNs is a copy: both stay, marked, and each may hit the VMs of both', async () => {
    await replace({
      datastores: [datastore('ds-1', 'u', [[naa(1)]]), datastore('ds-2', 'u', [[naa(2)]])],
      vms: [vm('vm-1', ['ds-1']), vm('vm-2', ['ds-2'])],
    });
    const both = ['instance-a/vm-1', 'instance-a/vm-2'];
    expect(await index()).toMatchObject([
      { id: 'instance-a/ds-1', extents: [[naa(1)]], isCopy: true, vmIds: both },
      { id: 'instance-a/ds-2', extents: [[naa(2)]], isCopy: true, vmIds: both },
    ]);
  });

  it('is never made of two host-local disks of one name', async () => {
    await replace({ datastores: [datastore('ds-1', 'u', [[]]), datastore('ds-2', 'v', [[]])] });
    expect(await index()).toMatchObject([{ extents: [[]] }, { extents: [[]] }]);
  });

  it('is not that of a neighbour whose LUN ends in the same serial number', async () => {
    const [one, other] = ['naa:60060160aaaa00000000000000001234', 'naa:60060160bbbb00000000000000001234'];
    await replace({ datastores: [datastore('ds-1', 'u', [[one]]), datastore('ds-2', 'v', [[other]])] });
    expect(await index()).toMatchObject([{ extents: [[one]] }, { extents: [[other]] }]);
  });
});

describe('a LUN identifier that is used again', () => {
  const first = { datastores: [datastore('ds-1', 'u', [[naa(1)]]), datastore('ds-2', 'v', [[naa(2)]])] };
  const again = { datastores: [datastore('ds-9', 'w', [[naa(1)]]), datastore('ds-2', 'v', [[naa(2)]])] };
  const fresh = async () => (await index()).map(({ name, isNewGeneration }) => [name, isNewGeneration]);

  it('with another volume is a new generation until the next whole map, and its hosts are judged both times', async () => {
    await replace(first);
    expect(await fresh()).toEqual([
      ['ds-1', false],
      ['ds-2', false],
    ]);
    expect((await replace(again)).changedLunKeys).toContain(naa(1));
    expect(await fresh()).toEqual([
      ['ds-2', false],
      ['ds-9', true],
    ]);
    expect((await replace(again)).changedLunKeys).toEqual([naa(1)]);
    expect(await fresh()).toEqual([
      ['ds-2', false],
      ['ds-9', false],
    ]);
    expect(await replace(again)).toEqual({
      changedHostIds: [],
      changedLunKeys: [],
      concernsEveryone: false,
      rowsWritten: 0,
    });
  });

  it('is remembered while it is gone', async () => {
    await replace(first);
    await replace({ datastores: [datastore('ds-2', 'v', [[naa(2)]])] });
    await replace(again);
    expect(await fresh()).toContainEqual(['ds-9', true]);
  });

  it('with another size is a new generation too', async () => {
    const sized = (capacityBytes: string) => ({ ...first, details: details({ luns: [lun(1, { capacityBytes })] }) });
    await replace(sized('1000'));
    expect(await fresh()).toContainEqual(['ds-1', false]);
    expect((await replace(sized('2000'))).changedLunKeys).toEqual([naa(1)]);
    expect(await fresh()).toContainEqual(['ds-1', true]);
    await replace(sized('2000'));
    expect(await fresh()).toContainEqual(['ds-1', false]);
  });
});

const lun = (n: number, more: Partial<MapDetails['luns'][number]> = {}): MapDetails['luns'][number] =>
  ({
    canonicalName: naa(n).replace(':', '.'),
    uuid: `0200${n}`,
    keys: [naa(n)],
    ...{ vendor: 'V', model: 'M', capacityBytes: '1000', isLocal: false, seenBy: ['host-1'] },
    ...more,
  }) as MapDetails['luns'][number];
const details = (more: Partial<MapDetails>): MapDetails => ({
  ...{ luns: [], rawMappings: [], adapters: [], foreignDisks: [] },
  ...more,
});

describe('what a host told that is away now', () => {
  const datastores = [datastore('ds-1', 'u', [[naa(1)]], ['host-1', 'host-2'])];
  const away = [host('host-1', 'disconnected'), host('host-2', 'notResponding')];

  it('makes a datastore stale when nobody else mounts it, and has its hosts judged', async () => {
    const hosts = [host('host-1'), host('host-2')];
    await replace({ datastores, hosts });
    expect(await index()).toMatchObject([{ isStale: false }]);
    await replace({ datastores, hosts: [host('host-1', 'disconnected'), host('host-2')] });
    expect(await index()).toMatchObject([{ isStale: false }]);
    expect((await replace({ datastores, hosts: away })).changedLunKeys).toEqual([naa(1)]);
    expect(await index()).toMatchObject([{ isStale: true }]);
  });

  it('keeps a LUN, marked as stale, until somebody tells again', async () => {
    const stored = () => store.dataSource.query('SELECT canonical_name AS name, is_stale AS stale FROM map_lun');
    const name = naa(1).replace(':', '.');
    await replace({ datastores, details: details({ luns: [lun(1)] }) });
    await replace({ datastores, hosts: away });
    expect(await stored()).toEqual([{ name, stale: true }]);
    await replace({ datastores, hosts: away, details: details({}) });
    expect(await stored()).toEqual([{ name, stale: true }]);
    await replace({ datastores, details: details({ luns: [lun(1)] }) });
    expect(await stored()).toEqual([{ name, stale: false }]);
    await replace({ datastores, details: details({}) });
    expect(await stored()).toEqual([]);
  });
});

describe('details', () => {
  const foreignDisk = { vm: 'vm-1', file: '[d] vm-2/vm-2.vmdk', owner: 'vm-2', isIndependent: true, keys: [] };
  const rawMapping = { vm: 'vm-2', lunUuid: '020001', keys: [naa(1)], compatibility: 'physical' as const };
  const whole = details({
    luns: [lun(1), lun(2, { canonicalName: 'mpx.vmhba0:C0:T0:L0', keys: [] })] as MapDetails['luns'],
    rawMappings: [rawMapping] as MapDetails['rawMappings'],
    adapters: [{ host: 'host-1', device: 'vmhba2', kind: 'fibreChannel', names: ['10000090faaa55f6'] }],
    foreignDisks: [foreignDisk],
  });
  const vms = [vm('vm-1', [], 'v1'), vm('vm-2', [], 'v7'), vm('vm-3', [], null)];

  it('are written once and then not again, and stay when a map comes without them', async () => {
    expect((await replace({ vms, details: whole })).rowsWritten).toBeGreaterThan(5);
    expect(await replace({ vms, details: whole })).toEqual({
      changedHostIds: [],
      changedLunKeys: [],
      concernsEveryone: false,
      rowsWritten: 0,
    });
    expect((await replace({ vms })).rowsWritten).toBe(0);
    expect(await store.dataSource.query('SELECT count(*)::int AS luns FROM map_lun')).toEqual([{ luns: 2 }]);
  });

  it('give back what is known of VMs whose version proves it, and of no other', async () => {
    await replace({ vms, details: whole });
    expect(Object.fromEntries(await store.read.maps.knownVms(id))).toEqual({
      'vm-1': { changeVersion: 'v1', rawMappings: [], foreignDisks: [foreignDisk] },
      'vm-2': { changeVersion: 'v7', rawMappings: [rawMapping], foreignDisks: [] },
    });
  });

  it('write a row for each VM that changed', async () => {
    const many = (changed: number) =>
      Array.from({ length: 1_000 }, (_, at) => vm(`vm-${at}`, [], at < changed ? 'next' : 'v1'));
    const first = await replace({ vms: many(0), details: details({}) });
    const delta = await replace({ vms: many(10), details: details({}) });
    expect(delta.rowsWritten).toBe(10);
    expect(delta.rowsWritten / first.rowsWritten).toBeLessThan(0.01);
  });
});

describe('a proxy in the inventory', () => {
  const uuid = '564d1234-abcd-ef01-2345-6789abcdef01';
  const disk = { file: '[d] sql/sql.vmdk', owner: 'vm-2', isIndependent: true, keys: [naa(7)] };
  const disks = [{ vm: 'vm-1', ...disk }] as NonNullable<MapDetails['foreignDisks']>;
  const proxy = (name: string, biosUuid: string | null) => ({ ...vm(name, ['ds-1']), biosUuid });
  const datastores = [datastore('ds-1', 'u', [[naa(1)]])];

  it('is found by its BIOS UUID in either order, with the disks of others that hang on it and what it can hot-add', async () => {
    await replace({
      datastores,
      vms: [proxy('vm-1', uuid), proxy('vm-2', null)],
      details: details({ foreignDisks: disks }),
    });
    for (const spelled of [uuid, uuid.toUpperCase(), '34124d56-cdab-01ef-2345-6789abcdef01'])
      expect(await store.read.maps.proxyVms(spellingsOf(spelled))).toEqual([
        {
          ...{ id: 'instance-a/vm-1', name: 'vm-1', vcenter: 'a', uuids: [uuid] },
          ...{ collectedAt: expect.any(String), areDisksCurrent: true, areSnapshotsTold: false },
          ...{ esxiHost: 'instance-a/host-1', cluster: 'instance-a/dc/c' },
          foreignDisks: [{ ...disk, owner: 'vm-2', ownerHasSnapshot: null, since: expect.any(String) }],
          ...{ snapshots: [], lentTo: [] },
        },
      ]);
    expect((await store.read.maps.inventory()).clusters).toEqual([
      { key: 'instance-a/dc/c', datastores: [{ id: 'instance-a/ds-1', isEverywhere: true }] },
    ]);
    expect(await store.read.maps.proxyVms(['00000000-0000-0000-0000-000000000000'])).toEqual([]);
  });

  it('that shares its UUID with a clone is two, and disks that nobody read are not none', async () => {
    await replace({ datastores, vms: [proxy('vm-1', uuid), proxy('vm-2', uuid)] });
    const found = await store.read.maps.proxyVms([uuid]);
    expect(found.map(({ id: one, areDisksCurrent }) => [one, areDisksCurrent])).toEqual([
      ['instance-a/vm-1', false],
      ['instance-a/vm-2', false],
    ]);
  });
});
