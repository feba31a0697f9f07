import type { Known, ModeScore } from '@lunwarden/contract';
import type { HotAddReach, ProxyVm } from './facts/inventory-view.js';
import type { Facts } from './facts.js';
import { isVirtual } from './host-fact.js';
import { listed } from './judging.js';
import { proxyVmTold } from './outside.js';
import { reasonWords } from './reading.js';
import type { Source } from './signals.js';

type Feasibility = Pick<ModeScore, 'feasible' | 'feasibility'>;

/** Only a VM can attach disks of other VMs, and only such as lie on datastores that the hosts of its cluster mount. */
export function hotAddFeasibility(source: Source): Feasibility {
  const isVm = isVirtual(source);
  if (isVm === null) return { feasible: 'unknown', feasibility: 'Not known whether the host is a VM' };
  if (!isVm) return no('The host is physical: only a VM can attach disks of other VMs');
  const vm = proxyVmTold(source);
  if (vm.kind === 'unknown') return notKnown(vm.detail ?? reasonWords[vm.why]);
  if (vm.value === null) return no('The host is a VM of no vCenter: nothing can be attached');
  return vm.kind === 'certain' ? byReach(vm.value, source.facts) : notKnown('the map is too old');
}

const notKnown = (why: string): Feasibility => ({
  feasible: 'unknown',
  feasibility: `The host is a VM; which datastores it reaches is not known: ${why}`.slice(0, 300),
});

function byReach({ hotAdd }: ProxyVm, facts: Facts): Feasibility {
  if (hotAdd === undefined) return notKnown(reasonWords.not_collected);
  if ('unknown' in hotAdd) return notKnown(hotAdd.detail ?? reasonWords[hotAdd.unknown]);
  const reach = new Map(hotAdd.value.flatMap((one) => [[one.volume, one] as const, [one.id, one] as const]));
  const needed = neededBy(facts);
  const missing = needed.filter(({ keys }) => !keys.some((key) => reach.has(key)));
  if (missing.length > 0) {
    const names = listed(missing.map(({ name }) => name));
    return no(`No host of its cluster mounts ${names}: VMs there would go over the network without a word`);
  }
  if (reach.size === 0) return no('No host of its cluster mounts a datastore');
  const partly = needed.filter(({ keys }) => !keys.some((key) => reach.get(key)?.isEverywhere === true));
  return { feasible: 'yes', feasibility: yesWords({ needed: needed.length, partly, all: hotAdd.value }) };
}

const no = (feasibility: string): Feasibility => ({ feasible: 'no', feasibility: feasibility.slice(0, 300) });

type Needed = { name: string; keys: readonly string[] };

function yesWords({ needed, partly, all }: { needed: number; partly: readonly Needed[]; all: readonly HotAddReach[] }) {
  if (partly.length > 0)
    return `Not every host of its cluster mounts ${listed(partly.map(({ name }) => name))}: keep the proxy on one that does`.slice(
      0,
      300,
    );
  return needed > 0
    ? `Every host of its cluster mounts the ${needed} datastores that it needs`
    : `Its cluster mounts ${all.length} datastores`;
}

/** What its jobs name, where that is known; else what it reads over the SAN today. */
function neededBy({ product, map }: Facts): Needed[] {
  const volumes = new Map(map.datastores.map(({ id, name, vmfsUuid }) => [id, { name, keys: [vmfsUuid ?? id, id] }]));
  const proxy = product === undefined || 'unknown' in product.proxy ? null : product.proxy.value;
  const listedByJobs: Known<readonly string[] | null> = proxy?.neededDatastores ?? { value: null };
  if ('value' in listedByJobs && listedByJobs.value !== null)
    return listedByJobs.value.map((id) => volumes.get(id) ?? { name: id, keys: [id] });
  return [...volumes.values()];
}
