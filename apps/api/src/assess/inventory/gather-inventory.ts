import type { HostFacts } from '@lunwarden/contract';
import type { Facts } from '@lunwarden/risk';
import type { ProxyVm, Tx } from '@lunwarden/store';
import type { InventoryIndex } from './inventory-index.js';
import { inventoryView, uuidsOf } from './inventory-view.js';

/** The same facts with what the maps say of each machine: one statement, for any number of hosts. */
export async function withInventory(tx: Tx, index: InventoryIndex, hosts: readonly Facts[]): Promise<Facts[]> {
  const uuids = new Map(hosts.map(({ hostId, report }) => [hostId, report === null ? [] : uuidsOf(report.facts)]));
  const byUuid = new Map<string, ProxyVm[]>();
  for (const vm of await tx.maps.proxyVms([...uuids.values()].flat()))
    for (const uuid of vm.uuids) byUuid.set(uuid, [...(byUuid.get(uuid) ?? []), vm]);
  return hosts.map((facts) => {
    const { report } = facts;
    if (report === null) return facts;
    const vms = [...new Set((uuids.get(facts.hostId) ?? []).flatMap((uuid) => byUuid.get(uuid) ?? []))];
    return { ...facts, inventory: inventoryView({ facts, report, vms }, index) };
  });
}

/**
 * Notes by which UUIDs the maps know these hosts, so that the next map finds those that it concerns.
 * @returns hosts that the maps in force did not look for there
 */
export async function noteMachines(
  tx: Tx,
  hosts: readonly { hostId: string; facts: HostFacts }[],
): Promise<ReadonlySet<string>> {
  const machines = hosts.flatMap(({ hostId, facts }) => {
    const uuids = uuidsOf(facts);
    return uuids.length === 0 ? [] : [[hostId, uuids] as const];
  });
  return new Set(machines.length === 0 ? [] : await tx.maps.noteMachines(new Map(machines)));
}
