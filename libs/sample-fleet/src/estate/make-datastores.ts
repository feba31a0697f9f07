import type { MapDatastore, MapHost } from '@lunwarden/contract';
import { naaKey } from '@lunwarden/contract';
import type { Random } from '../random.js';
import { keyOf, type SampleLun } from './lun.js';
import type { Numbering } from './numbering.js';
import type { SampleDatastore } from './vcenter.js';
import { workloads } from './workloads.js';

type DatastorePlace = {
  random: Random;
  numbering: Numbering;
  datacenter: string;
  hosts: readonly MapHost[];
  luns: readonly SampleLun[];
};

/** VMFS on the cluster's LUNs (every seventh on two), two NFS shares, and a local disk of each ESXi host. */
export function makeDatastores(place: DatastorePlace): SampleDatastore[] {
  const usable = place.luns.filter((lun) => lun.use === 'vmfs');
  const made: SampleDatastore[] = [];
  while (usable.length > 0) {
    const extents = usable.splice(0, made.length % 7 === 6 ? 2 : 1);
    made.push(makeVmfs(place, extents, made.length));
  }
  for (const type of ['NFS', 'NFS41'] as const) made.push(makeNfs(place, type));
  return [...made, ...place.hosts.map((host) => makeLocal(place, host))];
}

const everywhere = (hosts: readonly MapHost[]) =>
  hosts.map((host) => ({ host: host.id, mounted: true, accessible: true }));

function makeVmfs(place: DatastorePlace, luns: readonly SampleLun[], at: number): SampleDatastore {
  const { random, numbering, datacenter, hosts } = place;
  const workload = workloads[at % workloads.length] ?? workloads[0];
  const name = numbering.nextName(`DS-${datacenter}-${workload.word}`);
  const folder = workload.isTier1 ? 'Tier 1' : null;
  const capacity = luns.reduce((sum, lun) => sum + lun.sizeBytes, 0n);
  const vmfsUuid = volumeUuid(random);
  const map: MapDatastore = {
    id: numbering.next('datastore-'),
    name,
    path: ['', datacenter, 'datastore', ...(folder === null ? [] : [folder]), name].join('/'),
    type: 'VMFS',
    vmfsUuid,
    url: `ds:///vmfs/volumes/${vmfsUuid}/`,
    capacityBytes: String(capacity),
    freeBytes: String((capacity * BigInt(random.between(8, 60))) / 100n),
    accessible: true,
    extents: luns.map((lun) => ({ diskName: lun.canonicalName, partition: 1, keys: [keyOf(lun)] })),
    hosts: everywhere(hosts),
  };
  return { map, luns, isTier1: workload.isTier1, folder };
}

function makeNfs({ random, numbering, datacenter, hosts }: DatastorePlace, type: 'NFS' | 'NFS41'): SampleDatastore {
  const name = numbering.nextName(`NFS-${datacenter}-${type === 'NFS' ? 'ISO' : 'DEV'}`);
  const map: MapDatastore = {
    id: numbering.next('datastore-'),
    name,
    path: `/${datacenter}/datastore/${name}`,
    type,
    vmfsUuid: null,
    url: `ds:///vmfs/volumes/${random.hex(8)}-${random.hex(8)}/`,
    capacityBytes: '10995116277760',
    freeBytes: '4398046511104',
    accessible: true,
    extents: [],
    hosts: everywhere(hosts),
  };
  return { map, luns: [], isTier1: false, folder: null };
}

/** Boot media: half of them have a `mpx.` path name, which names nothing outside its host. */
function makeLocal({ random, numbering, datacenter }: DatastorePlace, host: MapHost): SampleDatastore {
  const name = `local-${host.name.split('.')[0]}`;
  const digits = `55cd2e41${random.hex(8)}`;
  const key = random.chance(50) ? naaKey(digits) : null;
  const vmfsUuid = volumeUuid(random);
  const diskName = key === null ? 'mpx.vmhba32:C0:T0:L0' : `naa.${digits}`;
  const map: MapDatastore = {
    id: numbering.next('datastore-'),
    name,
    path: `/${datacenter}/datastore/${name}`,
    type: 'VMFS',
    vmfsUuid,
    url: `ds:///vmfs/volumes/${vmfsUuid}/`,
    capacityBytes: '119990648832',
    freeBytes: '118480699392',
    accessible: true,
    extents: [{ diskName, partition: 8, keys: key === null ? [] : [key] }],
    hosts: everywhere([host]),
  };
  return { map, luns: [], isTier1: false, folder: null };
}

/** A VMFS UUID: 8-8-4-12 digits. */
const volumeUuid = (random: Random): string => `${random.hex(8)}-${random.hex(8)}-${random.hex(4)}-${random.hex(12)}`;
