import { randomUUID } from 'node:crypto';
import type { MapDetails } from '@lunwarden/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../../../tools/testing/fresh-database.js';
import { Store, spellingsOf } from '../index.js';
import { datastore, host, mapOf, naa, nothing, type Said, vm } from './testing/tiny-map.js';

let database: FreshDatabase;
let store: Store;
let id: string;

beforeAll(async () => {
  database = await freshDatabase();
  store = await Store.open({ url: database.url, allowUnsafe: true });
  id = randomUUID();
  await store.read.imports.add(id, 'a', 'instance-a');
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

const replace = (said: Said) => store.inTransaction((tx) => tx.maps.replace(id, mapOf(said)));

async function fleetHost(hostname: string): Promise<string> {
  const hostId = randomUUID();
  const text = `INSERT INTO host (id, hostname, platform, install_id) VALUES ($1, $2, 'windows', $1)`;
  await store.dataSource.query(text, [hostId, hostname]);
  return hostId;
}

describe('a proxy in the inventory', () => {
  const uuid = '564d1234-abcd-ef01-2345-6789abcdef01';
  const disk = { file: '[d] sql/sql.vmdk', owner: 'vm-2', isIndependent: true, keys: [naa(7)] };
  const disks = [{ vm: 'vm-1', ...disk }] as NonNullable<MapDetails['foreignDisks']>;
  const vms = [{ ...vm('vm-1', ['ds-1']), biosUuid: uuid }, vm('vm-2', ['ds-1'])];
  const datastores = [datastore('ds-1', 'u', [[naa(1)]])];
  const snapshot = { vm: 'vm-2', name: 'VEEAM BACKUP TEMPORARY SNAPSHOT', createdAt: '2026-11-20T00:00:00.000Z' };

  it('is named by the map that says something else of it, and by no other', async () => {
    const [own, other] = [await fleetHost('own'), await fleetHost('other')];
    await store.read.maps.noteMachines(
      new Map([
        [own, spellingsOf(uuid)],
        [other, ['00000000-0000-0000-0000-00000000beef']],
      ]),
    );
    const base = { datastores, vms, snapshots: [], needConsolidation: [] };
    const watched = (...foreignDisks: typeof disks) => ({ vms: ['vm-1'], foreignDisks });
    const changed = async (map: Said) => (await replace({ ...base, ...map })).changedHostIds;
    expect(await changed({})).toEqual([own]);
    expect(await changed({})).toEqual([]);
    expect(await changed({ watched: watched() })).toEqual([own]);
    expect(await changed({ watched: watched(...disks) })).toEqual([own]);
    expect(await store.read.maps.machinesIn(id)).toEqual(['vm-1']);
    expect(await changed({ watched: watched(...disks) })).toEqual([]);
    expect(await changed({ watched: watched(...disks), snapshots: [snapshot] })).toEqual([own]);
    expect((await store.read.maps.inventory()).leftovers).toEqual([
      { vm: 'vm-2', snapshot: snapshot.name, volumes: ['u'] },
    ]);
    expect(await changed({ watched: watched(), snapshots: [snapshot] })).toEqual([own]);
    expect(await changed({ watched: watched(), snapshots: [snapshot] })).toEqual([]);
  });

  it('is named when its disks were not read any more, so that nobody knows what hangs on it', async () => {
    const own = await fleetHost('unwatched');
    await store.read.maps.noteMachines(new Map([[own, spellingsOf(uuid)]]));
    const details: MapDetails = { luns: [], rawMappings: [], adapters: [], foreignDisks: [] };
    const base = { datastores, vms, snapshots: [], needConsolidation: [] };
    const changed = async (map: Said) => (await replace({ ...base, ...map })).changedHostIds;
    await replace({ ...base, details, collectedAt: '2026-11-22T19:10:00.000Z' });
    expect(
      await changed({ watched: { vms: ['vm-1'], foreignDisks: [] }, collectedAt: '2026-11-22T19:20:00.000Z' }),
    ).toEqual([]);
    expect(await changed({ collectedAt: '2026-11-22T19:30:00.000Z' })).toContain(own);
    await replace({ ...base, details, collectedAt: '2026-11-22T19:40:00.000Z' });
    expect(await changed({ collectedAt: '2026-11-22T19:50:00.000Z' })).toContain(own);
  });

  it('is named by the map of another vCenter that tells of what was left on a volume that its cluster reaches', async () => {
    const own = await fleetHost('hot-add alone');
    const theirs = randomUUID();
    await store.read.imports.add(theirs, 'b', 'instance-b');
    await store.read.maps.noteMachines(new Map([[own, spellingsOf(uuid)]]));
    await replace({ datastores, vms, snapshots: [], needConsolidation: [] });
    const b = async (more: Said, volume = 'u') => {
      const said = { datastores: [datastore('ds-9', volume, [[naa(1)]])], vms: [vm('vm-2', ['ds-9'])], ...more };
      const map = { ...mapOf({ snapshots: [], needConsolidation: [], ...said }), vcenterUuid: 'instance-b' };
      return (await store.inTransaction((tx) => tx.maps.replace(theirs, map))).changedHostIds.includes(own);
    };
    expect(await b({})).toBe(false);
    expect(await b({ snapshots: [snapshot] })).toBe(true);
    expect(await b({ snapshots: [snapshot] })).toBe(false);
    expect(await b({ snapshots: [snapshot], vms: [{ ...vm('vm-2', ['ds-9']), name: 'renamed' }] })).toBe(true);
    expect(await b({ needConsolidation: ['vm-2'] })).toBe(true);
    expect(await b({ needConsolidation: ['vm-2'] }, 'elsewhere')).toBe(true);
    expect(await b({ snapshots: [snapshot] }, 'elsewhere')).toBe(false);
  });

  it('is named by its own map that now knows a volume which another vCenter tells of, or calls a datastore otherwise', async () => {
    const own = await fleetHost('volume unread');
    const theirs = randomUUID();
    await store.read.imports.add(theirs, 'c', 'instance-c');
    await store.read.maps.noteMachines(new Map([[own, spellingsOf(uuid)]]));
    const left = mapOf({
      ...{ datastores: [datastore('ds-9', 'shared', [[naa(1)]])], vms: [vm('vm-2', ['ds-9'])] },
      ...{ snapshots: [snapshot], needConsolidation: [] },
    });
    await store.inTransaction((tx) => tx.maps.replace(theirs, { ...left, vcenterUuid: 'instance-c' }));
    const concerns = async (volume: string | null, more: { name?: string } = {}) => {
      const told = [{ ...datastore('ds-1', volume, [[naa(1)]]), ...more }];
      const map = { datastores: told, vms: vms.slice(0, 1), snapshots: [], needConsolidation: [] };
      return (await replace(map)).changedHostIds.includes(own);
    };
    await concerns(null);
    expect(await concerns(null)).toBe(false);
    expect(await concerns('shared')).toBe(true);
    expect(await concerns('shared')).toBe(false);
    expect(await concerns('shared', { name: 'renamed' })).toBe(true);
    expect(await concerns(null, { name: 'renamed' })).toBe(true);
  });

  it('no map tells of snapshots any more: what nobody left behind yesterday may be there today, for any host', async () => {
    const told = { datastores, vms, snapshots: [], needConsolidation: [] };
    await replace(told);
    expect(await replace(told)).toMatchObject({ concernsEveryone: false });
    expect(await replace({ datastores, vms })).toMatchObject({ concernsEveryone: true });
    expect(await replace({ datastores, vms })).toMatchObject({ concernsEveryone: false });
    expect(await replace(told)).toMatchObject({ concernsEveryone: true });
  });

  it('is concerned by a snapshot only once it is too old for a backup that runs', async () => {
    const at = (collectedAt: string) =>
      replace({ datastores, vms, snapshots: [snapshot], needConsolidation: [], collectedAt });
    await at('2026-11-20T01:00:00.000Z');
    expect(await at('2026-11-20T23:00:00.000Z')).toMatchObject({ changedLunKeys: [], rowsWritten: 0 });
    expect(await at('2026-11-21T00:00:00.000Z')).toMatchObject({ changedLunKeys: [naa(1)], rowsWritten: 1 });
    expect(await at('2026-11-21T01:00:00.000Z')).toMatchObject({ changedLunKeys: [], rowsWritten: 0 });
  });

  it('an ESXi host that was patched concerns the LUNs that it mounts', async () => {
    const two = [datastore('ds-1', 'u', [[naa(1)]]), datastore('ds-2', 'w', [[naa(2)]], ['host-2'])];
    const patched = (build: string) => [
      { ...host('host-1'), ...nothing, build },
      { ...host('host-2'), ...nothing },
    ];
    await replace({ datastores: two, vms, hosts: patched('1') });
    const { changedLunKeys } = await replace({ datastores: two, vms, hosts: patched('2') });
    expect(changedLunKeys).toEqual([naa(1)]);
  });
});
