import { smallSan, vcsimTruth, vmfsDisk, windowsBootDisk, windowsFacts } from '@lunwarden/sample-fleet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { account, findVcsim, startVcsim, type Vcsim } from '../../../libs/vsphere/testing/vcsim.js';
import { type House, openHouse, until } from './house.js';

const vcsim = await findVcsim();
const truth = vcsimTruth(smallSan);

/** VMFS datastores whose every extent has an NAA name, with the VMs that the plan puts on them. */
const vmfs = new Map<string, { naas: string[]; vms: Set<string> }>();
for (const { datastore, diskName } of truth.extents) {
  const known = vmfs.get(datastore) ?? { naas: [], vms: new Set<string>() };
  if (!known.naas.includes(diskName)) known.naas.push(diskName);
  vmfs.set(datastore, known);
}
for (const { vm, datastore } of truth.placements) vmfs.get(datastore)?.vms.add(vm);
const candidates = [...vmfs].filter(([, { naas }]) => naas.every((name) => name.startsWith('naa.')));

const disksOf = (naas: readonly string[]) => [
  windowsBootDisk(),
  ...naas.map((name, n) => vmfsDisk(n + 1, name.replace('naa.', ''))),
];

describe.skipIf(vcsim === null)('blast radius over a real vCenter API', () => {
  let house: House;
  let simulator: Vcsim;

  beforeAll(async () => {
    simulator = await startVcsim(vcsim ?? '', { order: smallSan });
    house = await openHouse();
    const added = await house.addVcenter({
      name: 'san',
      url: new URL(simulator.url).origin,
      username: account.username,
      password: account.password,
      trust: { kind: 'loopback' },
    });
    await until('the map is in force', async () =>
      (await house.fleet()).vcenters.find((vcenter) => vcenter.id === added.id && vcenter.state === 'ok'),
    );
  });
  afterAll(async () => {
    await house.close();
    await simulator.stop();
  });

  it('reads as many objects as the plan has', async () => {
    const [vcenter] = (await house.fleet()).vcenters;
    expect(vcenter).toMatchObject({
      datastores: truth.datastores.length,
      hosts: truth.hosts.length,
      vms: truth.vms.length,
      gaps: 0,
    });
  });

  it.each([1, 3, 10, 25])(
    'reaches exactly the VMs that set arithmetic gives for the LUNs of %i datastores',
    async (count) => {
      const chosen = candidates.slice(count, 2 * count);
      const proxy = await house.enroll(`sees-${count}`);
      await house.report(proxy, windowsFacts({ disks: { value: disksOf(chosen.flatMap(([, { naas }]) => naas)) } }));
      const expected = new Set(chosen.flatMap(([, { vms }]) => [...vms]));
      expect(expected.size).toBeGreaterThan(0);
      const { assessment, luns } = await house.host(proxy.hostId);
      expect(assessment.exposure).toMatchObject({ vms: expected.size, isComplete: true, unmappedLuns: 0 });
      expect(assessment.exposure.datastores.map(({ id }) => id.split('/')[1]).sort()).toEqual(
        chosen.map(([id]) => id).sort(),
      );
      expect(luns?.filter((lun) => lun.isVmfs === 'yes')).toHaveLength(
        new Set(chosen.flatMap(([, { naas }]) => naas)).size,
      );
      const { total, vms } = (await (await house.get(`/api/v1/hosts/${proxy.hostId}/vms`)).json()) as {
        total: number;
        vms: { name: string }[];
      };
      const names = truth.vms.filter((vm) => expected.has(vm.id)).map((vm) => vm.name);
      expect(total).toBe(expected.size);
      expect(vms.map((vm) => vm.name).sort()).toEqual(names.sort());
    },
  );

  it('holds a LUN that no map knows for VMFS with unknown contents', async () => {
    const proxy = await house.enroll('sees-a-stranger');
    const foreign = '6000d31000f1a2000000000000beef01';
    const [known] = candidates;
    await house.report(
      proxy,
      windowsFacts({ disks: { value: disksOf([...(known?.[1].naas ?? []), `naa.${foreign}`]) } }),
    );
    const { assessment, summary } = await house.host(proxy.hostId);
    expect(assessment.exposure).toMatchObject({ unmappedLuns: 1, isComplete: false });
    expect(summary.blastIsComplete).toBe(false);
  });
});
