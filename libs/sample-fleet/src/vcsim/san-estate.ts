import { randomOf } from '../random.js';
import { type SanLun, sanLun } from './san-lun.js';
import { troubled } from './san-troubles.js';

/** How large an estate is to be made; `seed` makes it come out the same every time. */
export interface SanOrder {
  readonly clusters: number;
  readonly hostsPerCluster: number;
  readonly lunsPerCluster: number;
  readonly vmsPerCluster: number;
  readonly seed: number;
  /** What happened to the first cluster; absent = nothing. */
  readonly troubles?: readonly SanTrouble[];
  /** Of every host, where no trouble says otherwise. */
  readonly esxi?: SanEsxi;
}

export interface SanEsxi {
  readonly version: string;
  readonly build: string;
}

/**
 * Proxy = the first VM of the first cluster. `hot-added`: a disk of the second VM hangs on it; `proxy-snapshot`: it has a
 * snapshot of its own; `proxy-backed-up`: and one of a backup; `left-behind`: the third VM has an old snapshot of a backup,
 * and the fourth needs consolidation; `old-esxi`: the first host runs 7.0; `copy`: the first volume lies on the LUN before
 * the last, too; `re-used`: the first LUN carries another volume; `dead-paths`: the first LUN has one path of two.
 */
export type SanTrouble =
  | 'hot-added'
  | 'proxy-snapshot'
  | 'proxy-backed-up'
  | 'left-behind'
  | 'old-esxi'
  | 'copy'
  | 're-used'
  | 'dead-paths';

/** 6 hosts, 120 LUNs, 120 VMs: the simulator loads it in a second or two. */
export const smallSan: SanOrder = { clusters: 2, hostsPerCluster: 3, lunsPerCluster: 60, vmsPerCluster: 60, seed: 1 };

export interface SanMount {
  readonly host: string;
  readonly mounted: boolean;
}

export interface SanDatastore {
  readonly id: string;
  /** As in the inventory: a slash is written %2f. */
  readonly escapedName: string;
  readonly type: 'VMFS' | 'NFS' | 'vsan' | 'VVOL';
  /** VMFS: of the file system; otherwise the tail of the url. */
  readonly uuid: string;
  /** Tail of the url where it is not the uuid: the simulator makes a folder of each, once. */
  readonly mountedAs?: string;
  readonly capacityBytes: number;
  readonly extents: readonly SanLun[];
  readonly mounts: readonly SanMount[];
}

export interface SanVm {
  readonly id: string;
  readonly name: string;
  readonly host: string;
  readonly datastores: readonly SanDatastore[];
  readonly isTemplate: boolean;
  /** A raw device mapping to this LUN, as third disk. */
  readonly rdm: SanLun | null;
  readonly snapshots: readonly { readonly name: string; readonly createdAt: string }[];
  readonly needsConsolidation: boolean;
  /** A VM whose first disk hangs on this one. */
  readonly borrowsOf: SanVm | null;
}

export interface SanCluster {
  readonly number: number;
  readonly hosts: readonly string[];
  readonly esxi: (host: string) => SanEsxi;
  /** LUNs by host of which one path is dead. */
  readonly deadPaths: (host: string) => readonly SanLun[];
  readonly luns: readonly SanLun[];
  readonly datastores: readonly SanDatastore[];
  readonly vms: readonly SanVm[];
}

const count = (length: number): number[] => Array.from({ length }, (_, at) => at);

/** The clusters of one datacenter, as plain data; the files and the truth are both made from it. */
export function sanClusters(order: SanOrder): SanCluster[] {
  return count(order.clusters).map((number) => cluster(order, number));
}

function cluster(order: SanOrder, number: number): SanCluster {
  const hostIds = (of: number) =>
    count(order.hostsPerCluster).map((at) => `host-${1000 + of * order.hostsPerCluster + at}`);
  const hosts = hostIds(number);
  const neighbours = order.clusters > 1 ? hostIds((number + 1) % order.clusters) : [];
  const luns = count(order.lunsPerCluster).map((at) => sanLun(order.seed, number, at));
  const datastores = clusterDatastores({ order, number, hosts, neighbours, luns });
  const plan = {
    number,
    hosts,
    luns,
    datastores,
    vms: clusterVms({ order, number, hosts, datastores, luns }),
    esxi: () => order.esxi ?? { version: '8.0.3', build: '24022510' },
    deadPaths: () => [],
  };
  return number === 0 ? troubled(plan, order.troubles ?? []) : plan;
}

interface DatastoreInput {
  readonly order: SanOrder;
  readonly number: number;
  readonly hosts: readonly string[];
  readonly neighbours: readonly string[];
  readonly luns: readonly SanLun[];
}

function clusterDatastores({ order, number, hosts, neighbours, luns }: DatastoreInput): SanDatastore[] {
  const random = randomOf(order.seed, 'vcsim', 'datastores', number);
  // The last LUN is a raw device mapping and the one before it is not formatted: both carry no datastore.
  const formatted = luns.slice(0, Math.max(1, luns.length - 2));
  const made: SanDatastore[] = [];
  const add = (type: SanDatastore['type'], escapedName: string, extents: readonly SanLun[]): void => {
    const at = made.length;
    const id = `datastore-${1000 + number * (order.lunsPerCluster + 3) + at}`;
    const uuid = `${random.hex(8)}-${random.hex(8)}-${random.hex(4)}-${random.hex(12)}`;
    const capacityBytes = 2_196_875_771_904 + at * 1_048_576;
    made.push({ id, escapedName, type, uuid, capacityBytes, extents, mounts: mountsOf(at, hosts, neighbours) });
  };
  for (let at = 0; at < formatted.length; at++) {
    // Every seventh spans two LUNs, which only VMFS can do.
    const extents = formatted.slice(at, at % 7 === 6 ? at + 2 : at + 1);
    add('VMFS', at % 20 === 9 ? `vmfs%2fc${number}-${at}` : `vmfs-c${number}-${at}`, extents);
    at += extents.length - 1;
  }
  add('NFS', `nfs-c${number}`, []);
  add('vsan', `vsan-c${number}`, []);
  add('VVOL', `vvol-c${number}`, []);
  return made;
}

/** Most by the whole cluster; some leave out a host, are unmounted on one, or are shown to another cluster too. */
function mountsOf(at: number, hosts: readonly string[], neighbours: readonly string[]): SanMount[] {
  const own = at % 5 === 2 && hosts.length > 1 ? hosts.slice(0, -1) : hosts;
  const shared = at % 11 === 3 ? [...own, ...neighbours.slice(0, 1)] : own;
  return shared.map((host, place) => ({ host, mounted: !(at % 13 === 5 && place === shared.length - 1) }));
}

interface VmInput {
  readonly order: SanOrder;
  readonly number: number;
  readonly hosts: readonly string[];
  readonly datastores: readonly SanDatastore[];
  readonly luns: readonly SanLun[];
}

function clusterVms({ order, number, hosts, datastores, luns }: VmInput): SanVm[] {
  const block = datastores.filter(({ type }) => type === 'VMFS');
  return count(order.vmsPerCluster).map((at) => {
    const first = block[at % block.length];
    const second = at % 3 === 0 ? block[(at + 1) % block.length] : undefined;
    return {
      id: `vm-${100_000 + number * order.vmsPerCluster + at}`,
      name: `vm-c${number}-${at}`,
      host: hosts[at % hosts.length] ?? '',
      datastores: [...new Set([first, second])].filter((one) => one !== undefined),
      isTemplate: at % 20 === 19,
      rdm: at % 25 === 24 ? (luns.at(-1) ?? null) : null,
      snapshots: [],
      needsConsolidation: false,
      borrowsOf: null,
    };
  });
}
