import type { LunMap, VcenterTrust } from '@lunwarden/contract';
import { parseAddress } from './address.js';
import { collectDetails, type Details } from './collect/collect-details.js';
import { type Collected, collectType, type TypeQuery } from './collect/collect-type.js';
import { Restarts } from './collect/restarts.js';
import { assembleLunMap } from './map/assemble-lun-map.js';
import { datastorePaths, type PlacedDatastore, readDatastore } from './map/datastore.js';
import { hostPaths, type PlacedHost, readHost } from './map/host.js';
import { readTreeNode, treePaths, treeTypes } from './map/inventory-tree.js';
import { readVm, vmPaths } from './map/vm.js';
import { Session } from './session.js';
import { Connection } from './transport/connection.js';
import { defaultTimeouts, type Timeouts } from './transport/timeouts.js';

export interface VcenterOptions {
  /** `https://vcenter.example.com`; with trust `loopback` `http://127.0.0.1:port`. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly trust: VcenterTrust;
  /** For everything together, in milliseconds; 30 minutes when absent. */
  readonly deadlineMs?: number;
  /** Datastores, hosts or VMs a page; 1000 when absent. vCenter may send fewer. */
  readonly pageSize?: number;
  readonly signal?: AbortSignal;
  readonly now: () => Date;
  readonly onProgress?: (progress: Progress) => void;
  /** Also LUNs, adapters and raw device mappings: some 10 KB a VM and 4 KB a LUN more, so not for every time. */
  readonly details?: boolean;
  /** Shorter ones for tests and impatient networks. */
  readonly timeouts?: Partial<Timeouts>;
}

export interface Progress {
  readonly type: 'Folder' | 'HostSystem' | 'Datastore' | 'VirtualMachine';
  readonly got: number;
  readonly expected: number;
}

/**
 * Reads which datastore lives on which LUNs, who mounts it, and which VMs live there. Nothing is written to the vCenter
 * and one session is open meanwhile, closed also after a failure.
 * @throws VsphereError when there is no map at all. A map with parts missing is returned with `complete` false and the
 * gaps named.
 */
export async function collectLunMap(options: VcenterOptions): Promise<LunMap> {
  const startedAt = options.now();
  return await withSession(options, async (session, timeouts) => {
    const restarts = new Restarts(session, timeouts.restartMs);
    const collect = <T>(query: TypeQuery<T>): Promise<Collected<T>> =>
      restarts.run(query.types.join(', '), () => collectType(session, query));
    const common = (type: Progress['type']) => ({
      pageSize: options.pageSize ?? 1000,
      onProgress: (got: number, expected: number) => options.onProgress?.({ type, got, expected }),
    });
    // What refers comes before what it refers to: something created meanwhile must not look missing.
    const vms = await collect({
      types: ['VirtualMachine'],
      type: 'VirtualMachine',
      paths: vmPaths,
      map: readVm,
      ...common('VirtualMachine'),
    });
    const datastores = await collect({
      types: ['Datastore'],
      type: 'Datastore',
      paths: datastorePaths,
      map: readDatastore,
      ...common('Datastore'),
    });
    const hosts = await collect({
      types: ['HostSystem'],
      type: 'HostSystem',
      paths: hostPaths,
      map: readHost,
      ...common('HostSystem'),
    });
    const tree = await collect({
      types: treeTypes,
      type: 'ManagedEntity',
      paths: treePaths,
      map: readTreeNode,
      ...common('Folder'),
    });
    const more = options.details === true ? await detailsOf(session, restarts, { hosts, datastores }) : null;
    const finishedAt = options.now();
    return assembleLunMap({ content: session.content, tree, vms, datastores, hosts, more, startedAt, finishedAt });
  });
}

const detailsOf = (
  session: Session,
  restarts: Restarts,
  { hosts, datastores }: { hosts: Collected<PlacedHost>; datastores: Collected<PlacedDatastore> },
): Promise<Details> =>
  collectDetails({
    session,
    restarts,
    hosts: [...hosts.objects.values()],
    datastores: [...datastores.objects.values()],
  });

/** Logs in, runs `use`, and logs out again whatever happens. @throws VsphereError */
export async function withSession<T>(
  options: VcenterOptions,
  use: (session: Session, timeouts: Timeouts) => Promise<T>,
): Promise<T> {
  const { url, username, password, trust, deadlineMs, signal } = options;
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  const connection = new Connection(parseAddress(url, trust), trust, timeouts);
  const deadline = AbortSignal.timeout(deadlineMs ?? timeouts.totalMs);
  const whole = signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
  try {
    const session = await Session.open(connection, { username, password }, whole);
    try {
      return await use(session, timeouts);
    } finally {
      await session.close();
    }
  } finally {
    connection.close();
  }
}
