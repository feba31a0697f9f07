import type { HostFacts, Known } from '@lunwarden/contract';
import type { Facts, InventoryView, ProxyVm as ProxyView } from '@lunwarden/risk';
import { type ProxyVm, spellingsOf } from '@lunwarden/store';
import type { InventoryIndex } from './inventory-index.js';
import { proxyView } from './proxy-view.js';

type Seen = { facts: Facts; report: NonNullable<Facts['report']>; vms: readonly ProxyVm[] };

/** By which UUIDs a vCenter may call the machine of these facts; none = a physical one, or it does not say. */
export function uuidsOf({ machine }: HostFacts): string[] {
  if ('unknown' in machine || !machine.value.isVirtual || machine.value.biosUuid === null) return [];
  return spellingsOf(machine.value.biosUuid);
}

/** What the maps say of one host and of the VMs within its reach. @param vms those that have one of its UUIDs */
export function inventoryView({ facts, report, vms }: Seen, index: InventoryIndex): InventoryView {
  const collected = index.vcenters.flatMap(({ collectedAt }) => collectedAt ?? []).sort();
  const [vm] = vms;
  const cluster = vms.length === 1 ? (vm?.cluster ?? null) : null;
  const volumes = new Set(facts.map.datastores.map(({ vmfsUuid, id }) => vmfsUuid ?? id));
  const reach = cluster === null ? [] : index.reachOf(cluster).map(({ volume }) => volume);
  const proxy = proxyVm(report.facts, vms, index);
  return {
    // Without a map only what the host says of itself is told here.
    observedAt: collected[0] ?? report.observedAt ?? report.receivedAt,
    proxyVm: proxy,
    leftovers: leftovers(new Set([...volumes, ...reach]), proxy, index),
    esxiHosts:
      collected.length === 0
        ? noMap
        : { value: index.hostsMounting(volumes, vms.length === 1 ? [vm?.esxiHost ?? null] : []) },
  };
}

const noMap = { unknown: 'not_collected', detail: 'no vCenter has told its map' } as const;

function proxyVm(facts: HostFacts, vms: readonly ProxyVm[], index: InventoryIndex): Known<ProxyView | null> {
  const { machine } = facts;
  if ('unknown' in machine) return machine;
  if (!machine.value.isVirtual) return { value: null };
  const [vm, second] = vms;
  if (second !== undefined)
    return {
      unknown: 'conflict',
      detail: `${vms.length} VMs share its UUID: ${vms.map(({ name }) => name).join(', ')}`.slice(0, 500),
    };
  if (vm !== undefined) return { value: proxyView(vm, index) };
  if (!/vmware/i.test(`${machine.value.vendor} ${machine.value.model}`)) return { value: null };
  if (machine.value.biosUuid === null)
    return { unknown: 'not_collected', detail: 'the host does not tell its BIOS UUID' };
  const silent = index.vcenters.filter(({ collectedAt }) => collectedAt === null).map(({ name }) => name);
  if (index.vcenters.length === silent.length) return noMap;
  const detail =
    silent.length > 0
      ? `not known to the vCenters that told their map; ${silent.join(', ')} did not`
      : 'it is a VM of no vCenter that is connected';
  return { unknown: 'not_collected', detail: detail.slice(0, 500) };
}

/**
 * What is left of VMs within reach is bad whoever left it; that nothing is left only a map can say that tells of snapshots,
 * and only where it is known what hot-add reaches.
 */
function leftovers(
  volumes: ReadonlySet<string>,
  proxy: InventoryView['proxyVm'],
  index: InventoryIndex,
): InventoryView['leftovers'] {
  const left = index.leftoversOn(volumes);
  if (left.length > 0) return { value: left };
  if (volumes.size === 0) return { unknown: 'not_collected', detail: 'no map tells which VMs the host backs up' };
  const hotAdd = 'unknown' in proxy ? proxy : proxy.value?.hotAdd;
  if (hotAdd !== undefined && 'unknown' in hotAdd) return hotAdd;
  const silent = index.vcenters.filter(({ areSnapshotsTold }) => !areSnapshotsTold).map(({ name }) => name);
  if (silent.length === 0) return { value: [] };
  return { unknown: 'not_collected', detail: `snapshots are not told by ${silent.join(', ')}`.slice(0, 500) };
}
