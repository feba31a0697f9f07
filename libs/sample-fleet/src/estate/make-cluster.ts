import type { MapHost, MapVm } from '@lunwarden/contract';
import type { Random } from '../random.js';
import { arrayOf, makeLun, type SampleLun } from './lun.js';
import { makeDatastores } from './make-datastores.js';
import type { Numbering } from './numbering.js';
import type { SampleCluster, SampleDatastore } from './vcenter.js';
import { workloads } from './workloads.js';

type ClusterPlace = { random: Random; numbering: Numbering; datacenter: string; at: number; array: number };

/** 13 to 20 LUNs, 5 to 8 ESXi hosts, and the VMs on its datastores. */
export function makeCluster({ random, numbering, datacenter, at, array }: ClusterPlace): SampleCluster {
  const name = `${datacenter}-CL${String(at + 1).padStart(2, '0')}`;
  const id = numbering.next('domain-c');
  const hosts = makeHosts(random, numbering, { datacenter, cluster: name });
  const luns = makeLuns(random, array, at * 24);
  const datastores = makeDatastores({ random, numbering, datacenter, hosts, luns });
  const vms = datastores.flatMap((_, n) => makeVms({ random, numbering, datacenter, hosts, datastores, at: n }));
  return { id, name, hosts, luns, datastores, vms };
}

function makeHosts(random: Random, numbering: Numbering, owner: { datacenter: string; cluster: string }): MapHost[] {
  return Array.from({ length: random.between(5, 8) }, (_, n) => ({
    id: numbering.next('host-'),
    name: `${numbering.nextName(`esx-${owner.datacenter.toLowerCase()}`)}.corp.example`,
    ...owner,
    connectionState: 'connected' as const,
    inMaintenanceMode: n === 4 && random.chance(25),
    version: '8.0.3',
    build: '24784735',
    hardwareUuid: random.uuid(),
  }));
}

// LUN numbers of two clusters of a datacenter do not overlap: one proxy may be zoned to both.
function makeLuns(random: Random, array: number, firstNumber: number): SampleLun[] {
  const count = random.between(13, 20);
  return Array.from({ length: count }, (_, n) => {
    const use = n === count - 1 ? 'spare' : n === count - 2 ? 'rdm' : 'vmfs';
    return makeLun(random, arrayOf(array), firstNumber + n, use);
  });
}

type VmPlace = Pick<ClusterPlace, 'random' | 'numbering' | 'datacenter'> & {
  hosts: readonly MapHost[];
  datastores: readonly SampleDatastore[];
  at: number;
};

/** The VMs whose first disk lies on datastore `at`; some have more disks on the datastores after it. */
function makeVms({ random, numbering, datacenter, hosts, datastores, at }: VmPlace): MapVm[] {
  const home = datastores[at];
  if (home === undefined || home.map.hosts.length === 1) return [];
  const workload = workloads.find((one) => home.map.name.includes(`-${one.word}-`)) ?? workloads[1];
  const shared = datastores.filter((one) => one.map.hosts.length > 1);
  return Array.from({ length: random.between(3, 16) }, () => {
    const spread = random.chance(20) ? random.some(shared, random.between(1, 2)) : [];
    return {
      id: numbering.next('vm-'),
      name: numbering.nextName(`${datacenter.toLowerCase()}-${random.pick(workload?.machines ?? ['app'])}`),
      host: hosts[random.between(0, hosts.length - 1)]?.id ?? null,
      datastores: [...new Set([home, ...spread].map((one) => one.map.id))],
      instanceUuid: random.uuid(),
      biosUuid: random.uuid(),
      isTemplate: random.chance(2),
      changeVersion: '2026-11-01T04:12:09.123456Z',
    };
  });
}
