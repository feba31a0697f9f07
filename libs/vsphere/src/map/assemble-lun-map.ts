import type { LunMap, MapDatastore, MapHost } from '@lunwarden/contract';
import type { DevicesRead } from '../collect/collect-devices.js';
import type { Collected } from '../collect/collect-type.js';
import { GapList } from '../collect/gap-list.js';
import type { ServiceContent } from '../service-content.js';
import type { Ref } from '../soap/xml-element.js';
import type { PlacedDatastore } from './datastore.js';
import { type Details, detailsOf, watchedOf } from './details.js';
import type { PlacedHost } from './host.js';
import { InventoryTree, type TreeNode } from './inventory-tree.js';
import type { PlacedVm } from './vm.js';

/** What is read of every object, every time. */
export interface Inventory {
  readonly tree: Collected<TreeNode>;
  /** Datastores that each datacenter lists. */
  readonly datacenters: Collected<string[]>;
  readonly vms: Collected<PlacedVm>;
  readonly datastores: Collected<PlacedDatastore>;
  readonly hosts: Collected<PlacedHost>;
}

export interface Parts extends Inventory {
  readonly content: ServiceContent;
  readonly more: Details | null;
  /** Devices of the VMs that are looked at every time; null = nobody asked. */
  readonly watched: DevicesRead | null;
  readonly startedAt: Date;
  readonly finishedAt: Date;
}

/** Puts the collected types together and says whether anything is missing. */
export function assembleLunMap(parts: Parts): LunMap {
  const { content, vms, startedAt, finishedAt } = parts;
  const gaps = new GapList();
  for (const part of [parts.tree, parts.datacenters, parts.hosts, parts.datastores, vms]) gaps.addAll(part.gaps);
  const tree = new InventoryTree(content.rootFolder, parts.tree.objects, gaps);
  const datastores = [...parts.datastores.objects.values()].map((one) => placeDatastore(one, tree));
  const hosts = [...parts.hosts.objects.values()].map((one) => placeHost(one, tree));
  const hidden = hiddenObjects(parts);
  for (const object of [...hidden.hosts, ...hidden.datastores]) gaps.add(object, '*', hiddenReason);
  if (parts.more !== null) gaps.addAll(parts.more.gaps);
  const counts = {
    datastores: countsOf(parts.datastores, hidden.datastores.length),
    hosts: countsOf(parts.hosts, hidden.hosts.length),
    vms: countsOf(vms),
  };
  return {
    vcenterUuid: content.about.instanceUuid,
    apiVersion: content.about.apiVersion,
    build: content.about.build,
    collectedAt: finishedAt.toISOString(),
    durationMs: Math.max(0, finishedAt.getTime() - startedAt.getTime()),
    complete: gaps.isEmpty && Object.values(counts).every(({ expected, got }) => expected === got),
    counts,
    gaps: gaps.toArray(),
    datastores,
    hosts,
    vms: [...vms.objects.values()].map(({ value }) => value),
    snapshots: [...vms.objects.values()].flatMap(({ snapshots }) => snapshots),
    needConsolidation: [...vms.objects.values()].flatMap(({ value, needsConsolidation }) =>
      needsConsolidation ? [value.id] : [],
    ),
    ...(parts.watched === null ? {} : { watched: watchedOf(parts.watched, vms.objects) }),
    ...(parts.more === null ? {} : { details: detailsOf(parts.more, vms.objects) }),
  };
}

const placeDatastore = ({ value, parent, escapedName }: PlacedDatastore, tree: InventoryTree): MapDatastore => ({
  ...value,
  path: tree.pathOf(parent, escapedName),
});

const placeHost = ({ value, parent }: PlacedHost, tree: InventoryTree): MapHost => ({
  ...value,
  cluster: tree.clusterOf(parent),
  datacenter: tree.datacenterOf(parent),
});

const hiddenReason = 'referred to but not visible to this account (System.View)';

/**
 * An object that others point at and that is in no answer: vCenter leaves out what the account may not see, so without
 * this a map of half a datacenter would look whole.
 */
function hiddenObjects({ vms, datastores, hosts, datacenters }: Inventory): { hosts: Ref[]; datastores: Ref[] } {
  const hostIds = new Set<string>();
  const datastoreIds = new Set([...datacenters.objects.values()].flat());
  for (const { value } of datastores.objects.values()) for (const mount of value.hosts) hostIds.add(mount.host);
  for (const { value } of vms.objects.values()) {
    if (value.host !== null) hostIds.add(value.host);
    for (const id of value.datastores) datastoreIds.add(id);
  }
  return {
    hosts: [...hostIds].filter((id) => !hosts.objects.has(id)).map((id) => ({ kind: 'HostSystem', id })),
    datastores: [...datastoreIds].filter((id) => !datastores.objects.has(id)).map((id) => ({ kind: 'Datastore', id })),
  };
}

const countsOf = <T>({ objects, expected }: Collected<T>, hidden = 0) => ({
  expected: expected + hidden,
  got: objects.size,
});
