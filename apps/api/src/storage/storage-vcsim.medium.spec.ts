import type { StorageDatastore, StoragePage } from '@lunwarden/contract';
import { smallSan, vcsimTruth, vmfsDisk, windowsBootDisk, windowsFacts } from '@lunwarden/sample-fleet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { account, findVcsim, startVcsim, type Vcsim } from '../../../../libs/vsphere/testing/vcsim.js';
import { reportingHost } from '../../e2e/reporting-host.js';
import { password, signIn, startTestApi, type TestApi } from '../../e2e/test-api.js';

const vcsim = await findVcsim();
const truth = vcsimTruth(smallSan);

/** NAA names of each VMFS datastore's LUNs, from the plan and not from the map. */
const lunsOf = new Map<string, Set<string>>();
for (const { datastore, diskName } of truth.extents)
  lunsOf.set(datastore, (lunsOf.get(datastore) ?? new Set<string>()).add(diskName));
const allNaa = [...new Set(truth.extents.map(({ diskName }) => diskName))].filter((name) => name.startsWith('naa.'));

describe.skipIf(vcsim === null)('who could write, over a real vCenter API', () => {
  let api: TestApi;
  let simulator: Vcsim;
  /** Host id -> names of the LUNs that it sees. */
  const sees = new Map<string, ReadonlySet<string>>();
  let datastores: StorageDatastore[];

  beforeAll(async () => {
    simulator = await startVcsim(vcsim ?? '', { order: smallSan });
    api = await startTestApi({ role: 'all' });
    const { id } = await api.admin.addVcenter({
      name: 'san',
      url: new URL(simulator.url).origin,
      username: account.username,
      password: account.password,
      trust: { kind: 'loopback' },
    });
    await api.admin.createAdmin('root', password);
    const cookie = await signIn(api, 'root');
    for (const [at, names] of [allNaa.slice(0, 20), allNaa.slice(10, 45), allNaa.slice(60), []].entries()) {
      const host = await reportingHost(api, `proxy-${at}`);
      const disks = names.map((name, n) => vmfsDisk(n + 1, name.replace('naa.', '')));
      await host.report(windowsFacts({ disks: { value: [windowsBootDisk(), ...disks] } }));
      sees.set(host.hostId, new Set(names));
    }
    for (let page: StoragePage | null = null; page === null || page.total === 0; ) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      page = (await (
        await fetch(`${api.url}/api/v1/storage?limit=200`, { headers: { cookie } })
      ).json()) as StoragePage;
      datastores = page.datastores;
      if (page.vcenters.find((one) => one.id === id)?.state === 'failed') throw new Error('the simulator was not read');
    }
  });
  afterAll(async () => {
    await api?.close();
    await simulator?.stop();
  });

  it('is exactly the proxies whose LUNs the plan puts beneath each datastore', () => {
    expect(datastores).toHaveLength(truth.datastores.length);
    let met = 0;
    for (const { id, name, sights } of datastores) {
      const luns = lunsOf.get(id.split('/')[1] ?? '') ?? new Set<string>();
      const expected = [...sees]
        .filter(([, names]) => [...luns].some((lun) => names.has(lun)))
        .map(([hostId]) => hostId);
      expect([name, sights.map(({ hostId }) => hostId).sort()]).toEqual([name, expected.sort()]);
      met += expected.length;
    }
    expect(met).toBeGreaterThan(40);
  });

  it('tells LUNs, VMs and sizes as the plan has them', () => {
    for (const { id, type, luns, vms, capacityBytes } of datastores) {
      const moref = id.split('/')[1];
      const planned = truth.datastores.find((one) => one.id === moref);
      expect([type, capacityBytes]).toEqual([planned?.type, String(planned?.capacityBytes)]);
      if (type === 'VMFS') expect(new Set(luns.map(({ diskName }) => diskName))).toEqual(lunsOf.get(moref ?? ''));
      expect(vms).toBe(truth.placements.filter(({ datastore }) => datastore === moref).length);
    }
  });
});
