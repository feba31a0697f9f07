import type { StorageDatastore, StorageDatastoreDetail, StorageOrphans, StoragePage } from '@lunwarden/contract';
import { clustersOf, lunMapOf, presentedLuns, reachIn, type SampleHost, sampleFleet } from '@lunwarden/sample-fleet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSampleHouse, putMap, type SampleHouse } from '../../e2e/sample-house.js';

const asOf = '2026-11-22T12:00:00.000Z';
// The first fleet in which a proxy sees LUNs that no map knows.
const fleet = Array.from({ length: 50 }, (_, seed) => sampleFleet({ seed, asOf, hosts: 36, vcenters: 2 })).find((one) =>
  one.hosts.some((host) => tellsDisks(host) && presentedLuns(host).some(({ use }) => use === 'spare')),
)!;
let now = asOf;
let house: SampleHouse;

beforeAll(async () => {
  house = await openSampleHouse(fleet, () => new Date(now));
});
afterAll(() => house?.close());

const read = async <T>(path: string): Promise<T> => {
  const answer = await house.get(path);
  expect(answer.status).toBe(200);
  return (await answer.json()) as T;
};

/** Every datastore, page after page. */
async function all(query = '', limit = 50): Promise<StorageDatastore[]> {
  const found: StorageDatastore[] = [];
  for (let after: string | null = ''; after !== null; ) {
    const page: StoragePage = await read(`/storage?limit=${limit}${query}${after === '' ? '' : `&after=${after}`}`);
    found.push(...page.datastores);
    after = page.next;
  }
  return found;
}

/** Hosts whose disk list was told: the others see nothing that anybody knows of. */
function tellsDisks(host: SampleHost): boolean {
  return !host.flaws.includes('access-denied');
}

describe('who could write to a datastore', () => {
  it('is exactly the proxies in whose reach it is, by set arithmetic over LUN objects', async () => {
    const reachOf = reachIn(fleet);
    const expected = new Map<string, Set<string>>();
    for (const host of fleet.hosts.filter(tellsDisks))
      for (const id of reachOf(host).datastores)
        expected.set(id, (expected.get(id) ?? new Set()).add(house.ids.get(host)!));
    const datastores = await all();
    const truth = fleet.vcenters.flatMap((vcenter) => clustersOf(vcenter).flatMap((one) => one.datastores));
    expect(datastores).toHaveLength(truth.length);
    expect(expected.size).toBeGreaterThan(40);
    for (const { id, name, sights } of datastores)
      expect([name, new Set(sights.map(({ hostId }) => hostId))]).toEqual([name, expected.get(id) ?? new Set()]);
  });

  it('counts the VMs that the maps place there', async () => {
    const vms = new Map<string, number>();
    for (const vcenter of fleet.vcenters)
      for (const vm of lunMapOf(vcenter, asOf).vms)
        for (const id of vm.datastores) vms.set(`${vcenter.uuid}/${id}`, (vms.get(`${vcenter.uuid}/${id}`) ?? 0) + 1);
    for (const { id, vms: count } of await all()) expect([id, count]).toEqual([id, vms.get(id) ?? 0]);
  });

  it('names no host twice and every host that it speaks of, with its level', async () => {
    const { datastores, hosts } = await read<StoragePage>('/storage?limit=200');
    const spoken = new Set(datastores.flatMap(({ sights }) => sights.map(({ hostId }) => hostId)));
    expect(hosts.map(({ hostId }) => hostId).sort()).toEqual([...spoken].sort());
  });

  it('pages without losing or repeating a datastore, by name', async () => {
    const small = await all('', 7);
    expect(small.map(({ id }) => id)).toEqual((await all('', 200)).map(({ id }) => id));
    expect(new Set(small.map(({ id }) => id)).size).toBe(small.length);
  });

  it('is found by part of a name, of a device, or by being seen by nobody', async () => {
    const [seen] = await all('&seen=yes');
    const device = seen!.luns[0]!.diskName;
    expect((await all(`&q=${device.toUpperCase()}`)).map(({ id }) => id)).toEqual([seen!.id]);
    const unseen = await all('&seen=no&type=VMFS');
    expect(unseen.length).toBeGreaterThan(0);
    expect(unseen.every(({ sights, type }) => sights.length === 0 && type === 'VMFS')).toBe(true);
    expect(await all('&q=%25')).toEqual([]);
  });

  it('refuses a page that it never gave', async () => {
    expect((await house.get('/storage?after=bm9uc2Vuc2U')).status).toBe(422);
  });
});

describe('one datastore', () => {
  it('says which VMs lie on it, and what each proxy may do', async () => {
    const reachOf = reachIn(fleet);
    const host = fleet.hosts.find((one) => tellsDisks(one) && reachOf(one).datastores.length > 0)!;
    const [id] = reachOf(host).datastores;
    const { datastore, vms, hosts } = await read<StorageDatastoreDetail>(
      `/storage/datastores/${encodeURIComponent(id!)}`,
    );
    expect(datastore.id).toBe(id);
    expect(vms).toHaveLength(datastore.vms);
    expect(hosts.map(({ hostname }) => hostname)).toContain(host.hostname);
    expect(datastore.sights.map(({ hostId }) => hostId)).toContain(house.ids.get(host));
  });

  it('that no map knows is not found', async () => {
    expect((await house.get(`/storage/datastores/${encodeURIComponent('nobody/datastore-1')}`)).status).toBe(404);
  });
});

describe('orphans', () => {
  it('are the disks in sight of proxies that no map knows and that show no other owner', async () => {
    // A raw device mapping shows the partitions of its guest, and every map would have told of a datastore there.
    const spareOf = (host: SampleHost) =>
      tellsDisks(host) ? presentedLuns(host).filter(({ use }) => use === 'spare') : [];
    const seers = fleet.hosts.filter((host) => spareOf(host).length > 0);
    expect(seers.length).toBeGreaterThan(0);
    const { luns, hostsLeftOut } = await read<StorageOrphans>('/storage/orphans');
    expect(hostsLeftOut).toBe(0);
    const found = new Set(luns.flatMap(({ sights }) => sights.map(({ hostId }) => hostId)));
    expect(found).toEqual(new Set(seers.map((host) => house.ids.get(host)!)));
    expect(luns).toHaveLength(new Set(seers.flatMap(spareOf)).size);
  });
});

describe('a copy', () => {
  it('is a VMFS UUID on LUNs that share no name; one volume in two vCenters is none', async () => {
    expect(await read('/storage/copies')).toEqual([]);
    const map = lunMapOf(fleet.vcenters[0]!, asOf);
    const original = map.datastores.find(({ type, extents }) => type === 'VMFS' && extents[0]!.keys.length > 0)!;
    const replica = { ...map, vcenterUuid: 'replica-site', vms: [], hosts: [] };
    const only = (datastore: typeof original) => ({
      ...replica,
      datastores: [{ ...datastore, hosts: [] }],
      counts: { datastores: { expected: 1, got: 1 }, hosts: { expected: 0, got: 0 }, vms: { expected: 0, got: 0 } },
    });
    const same = await putMap(house.store, 'same-volume', only(original));
    expect(await read('/storage/copies')).toEqual([]);
    await house.store.read.vcenters.remove(same);
    const key = 'naa:6000d31000f1a2000000000000beef01' as (typeof original.extents)[0]['keys'][0];
    await putMap(
      house.store,
      'replica',
      only({ ...original, extents: [{ diskName: 'naa.6000d31000f1a2000000000000beef01', partition: 1, keys: [key] }] }),
    );
    const copies = await read<{ vmfsUuid: string; volumes: { vcenter: string }[] }[]>('/storage/copies');
    expect(copies.map(({ vmfsUuid, volumes }) => [vmfsUuid, volumes.map(({ vcenter }) => vcenter).sort()])).toEqual([
      [original.vmfsUuid, [fleet.vcenters[0]!.name, 'replica'].sort()],
    ]);
    const doubted = (await all()).filter(({ doubts }) => doubts !== undefined);
    expect(doubted.map(({ vmfsUuid, doubts }) => [vmfsUuid, doubts])).toEqual([[original.vmfsUuid, ['copy']]]);
  });
});

describe('a datastore that the maps cannot vouch for', () => {
  const map = lunMapOf(fleet.vcenters[1]!, asOf);
  const [original] = map.datastores.filter(({ type, extents }) => type === 'VMFS' && extents[0]!.keys.length > 0);
  const [esxi] = map.hosts;
  const key = 'naa:6000d31000f1a2000000000000beef02' as never;
  const tiny = (vmfsUuid: string, connectionState: 'connected' | 'disconnected') => ({
    ...map,
    vcenterUuid: 'tiny',
    hosts: [{ ...esxi!, connectionState }],
    datastores: [
      {
        ...original!,
        vmfsUuid,
        extents: [{ diskName: 'naa.6000d31000f1a2000000000000beef02', partition: 1, keys: [key] }],
        hosts: [{ host: esxi!.id, mounted: true, accessible: true }],
      },
    ],
    vms: [],
    counts: { datastores: { expected: 1, got: 1 }, hosts: { expected: 1, got: 1 }, vms: { expected: 0, got: 0 } },
  });

  it('says what stands against it, in the list and on its page, until the next map settles it', async () => {
    const doubts = async () => {
      const [one] = await all('&vcenter=tiny');
      const { datastore } = await read<StorageDatastoreDetail>(`/storage/datastores/${encodeURIComponent(one!.id)}`);
      expect(datastore.doubts).toEqual(one!.doubts);
      return one!.doubts;
    };
    const id = await putMap(house.store, 'tiny', tiny('first-volume', 'connected'));
    const replace = (next: ReturnType<typeof tiny>) =>
      house.store.inTransaction(async (tx) => void (await tx.maps.replace(id, next as never)));
    expect(await doubts()).toBeUndefined();
    await replace(tiny('other-volume', 'disconnected'));
    expect(await doubts()).toEqual(['stale', 'new-generation']);
    await replace(tiny('other-volume', 'connected'));
    expect(await doubts()).toBeUndefined();
    await house.store.read.vcenters.remove(id);
  });
});

describe('what a proxy showed long ago', () => {
  it('never looks safe: only a LUN open to writes keeps its state', async () => {
    const before = (await all('&seen=yes')).flatMap(({ sights }) => sights.map(({ state }) => state));
    expect(before).toContain('offline-read-only');
    now = '2026-11-22T16:00:00.000Z';
    // The session has ended meanwhile.
    await house.signIn();
    const after = (await all('&seen=yes')).flatMap(({ sights }) => sights.map(({ state }) => state));
    expect(new Set(after)).toEqual(
      new Set(before.includes('online-writable') ? ['online-writable', 'unknown'] : ['unknown']),
    );
  });
});
