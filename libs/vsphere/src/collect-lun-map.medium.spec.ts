import { LunMap } from '@lunwarden/contract';
import { type SanOrder, smallSan, vcsimTruth } from '@lunwarden/sample-fleet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gzip, startFaultProxy } from '../testing/fault-proxy.js';
import { optionsFor, skipNote } from '../testing/options.js';
import { openSessions } from '../testing/sessions.js';
import { findVcsim, startVcsim, type Vcsim, type VcsimOptions } from '../testing/vcsim.js';
import { collectLunMap, probeVcenter } from './index.js';

const program = await findVcsim();
if (program === null) console.warn(skipNote);

const sorted = (rows: Iterable<string>): string[] => [...rows].sort();
const rowsOf = (map: LunMap): string[] =>
  map.datastores.flatMap(({ id, extents, hosts }) =>
    extents.flatMap(({ diskName }) => hosts.map(({ host, mounted }) => `${id} ${diskName} ${host} ${mounted}`)),
  );
const placementsOf = (map: LunMap): string[] =>
  map.vms.flatMap(({ id, datastores }) => datastores.map((ds) => `${id} ${ds}`));

async function withVcsim<T>(options: VcsimOptions, use: (url: string) => Promise<T>): Promise<T> {
  const vcsim = await startVcsim(program ?? '', options);
  try {
    return await use(vcsim.url);
  } finally {
    await vcsim.stop();
  }
}

function expectTruth(map: LunMap, order: SanOrder): void {
  const truth = vcsimTruth(order);
  expect(sorted(rowsOf(map))).toEqual(
    sorted(truth.extents.map((row) => `${row.datastore} ${row.diskName} ${row.host} ${row.mounted}`)),
  );
  expect(sorted(placementsOf(map))).toEqual(sorted(truth.placements.map(({ vm, datastore }) => `${vm} ${datastore}`)));
  expect(sorted(map.hosts.map(({ id, cluster }) => `${id} ${cluster}`))).toEqual(
    sorted(truth.hosts.map(({ host, cluster }) => `${host} ${cluster}`)),
  );
  expect(sorted(map.datastores.map(({ id, type }) => `${id} ${type}`))).toEqual(
    sorted(truth.datastores.map(({ id, type }) => `${id} ${type}`)),
  );
  const vm = (one: { id: string; name: string; host: string | null; isTemplate: boolean }) =>
    `${one.id} ${one.name} ${one.host} ${one.isTemplate}`;
  expect(sorted(map.vms.map(vm))).toEqual(sorted(truth.vms.map(vm)));
  expect(map).toMatchObject({ complete: true, gaps: [] });
}

describe.skipIf(program === null)('the map of a SAN estate', () => {
  let vcsim: Vcsim;
  beforeAll(async () => {
    vcsim = await startVcsim(program ?? '', { order: smallSan });
  });
  afterAll(() => vcsim?.stop());

  test('has exactly the rows that the estate was made with, and is a LunMap of the contract', async () => {
    const map = await collectLunMap(optionsFor(vcsim.url));
    expectTruth(map, smallSan);
    expect(LunMap.parse(map)).toEqual(map);
  });

  test.each([1, 7, 100])('is the same with %i objects a page', async (pageSize) => {
    expectTruth(await collectLunMap(optionsFor(vcsim.url, { pageSize })), smallSan);
  });

  test('is the same when the answers are packed with gzip', async () => {
    const methods = ['RetrievePropertiesEx', 'ContinueRetrievePropertiesEx', 'Login', 'RetrieveServiceContent'];
    const proxy = await startFaultProxy(
      vcsim.url,
      methods.map((method) => ({ method, act: gzip })),
    );
    try {
      expectTruth(await collectLunMap(optionsFor(proxy.url, { pageSize: 50 })), smallSan);
    } finally {
      await proxy.stop();
    }
  });

  test('names places: inventory path, cluster, datacenter, and names with a slash', async () => {
    const map = await collectLunMap(optionsFor(vcsim.url));
    const slashed = map.datastores.find(({ name }) => name === 'vmfs/c0-9');
    expect(slashed?.path).toBe('/DC0/datastore/SAN/pod-C0/vmfs%2fc0-9');
    expect(new Set(map.hosts.map(({ datacenter }) => datacenter))).toEqual(new Set(['DC0']));
  });

  test('spells each extent as the keys that join it with a disk of a proxy', async () => {
    const map = await collectLunMap(optionsFor(vcsim.url));
    const extents = map.datastores.flatMap((one) => one.extents);
    const naa = extents.find(({ diskName }) => diskName.startsWith('naa.'));
    expect(naa?.keys).toEqual([naa?.diskName.replace('naa.', 'naa:')]);
    expect(extents.every(({ keys }) => keys.length > 0)).toBe(true);
  });

  test('leaves no session behind and says who is asking', async () => {
    const proxy = await startFaultProxy(vcsim.url, []);
    try {
      await collectLunMap(optionsFor(proxy.url));
      expect([...proxy.userAgents]).toEqual([expect.stringMatching(/^Lunwarden\/\d+\.\d+\.\d+$/)]);
      expect(proxy.seen.get('Logout')).toBe(1);
      expect(proxy.seen.get('DestroyView')).toBe(proxy.seen.get('CreateContainerView'));
    } finally {
      await proxy.stop();
    }
    expect(await openSessions(vcsim.url)).toBe(0);
  });

  test('counts progress up to what is expected', async () => {
    const last = new Map<string, string>();
    const onProgress = ({ type, got, expected }: { type: string; got: number; expected: number }) =>
      void last.set(type, `${got}/${expected}`);
    await collectLunMap(optionsFor(vcsim.url, { onProgress, pageSize: 50 }));
    expect(Object.fromEntries(last)).toMatchObject({ VirtualMachine: '120/120', HostSystem: '6/6' });
  });

  test('a probe warns of an account that may do more than read', async () => {
    const { ok, message, rights } = await probeVcenter(optionsFor(vcsim.url));
    expect(rights).toMatchObject({ missing: [], excessTotal: expect.any(Number) });
    expect(rights?.excessTotal).toBeGreaterThan(100);
    expect({ ok, message }).toEqual({ ok: true, message: expect.stringContaining('may do more than read') });
  });

  test('a probe logs in, tells who answered, and logs out', async () => {
    const probe = await probeVcenter(optionsFor(vcsim.url));
    expect(probe).toMatchObject({ ok: true, sha256: null, about: { name: 'VMware vCenter Server' } });
    expect(await openSessions(vcsim.url)).toBe(0);
  });
});

describe.skipIf(program === null)('estates of unusual size', () => {
  test('one of everything', async () => {
    const order = { clusters: 1, hostsPerCluster: 1, lunsPerCluster: 1, vmsPerCluster: 1, seed: 3 };
    await withVcsim({ order }, async (url) => expectTruth(await collectLunMap(optionsFor(url)), order));
  });

  test('an empty vCenter is complete and empty', async () => {
    const order = { ...smallSan, clusters: 0 };
    await withVcsim({ order }, async (url) => expectTruth(await collectLunMap(optionsFor(url)), order));
  });

  test.each(['6.5', '7.0', '8.0.2.0', '9.0.0.0'])('a vCenter that offers API %s', async (apiVersion) => {
    const order = { clusters: 1, hostsPerCluster: 2, lunsPerCluster: 8, vmsPerCluster: 4, seed: 4 };
    await withVcsim({ order, apiVersion }, async (url) => {
      const map = await collectLunMap(optionsFor(url));
      expectTruth(map, order);
      expect(map.apiVersion).toBe(apiVersion);
    });
  });

  test("the simulator's own model has local datastores and no LUN", async () => {
    await withVcsim({}, async (url) => {
      const map = await collectLunMap(optionsFor(url));
      expect(map.datastores.map(({ type, extents }) => [type, extents])).toEqual([['LOCAL', []]]);
      expect(map.counts).toMatchObject({ hosts: { expected: 4, got: 4 }, vms: { expected: 4, got: 4 } });
      expect(map.complete).toBe(true);
    });
  });
});
