import type { ProxyVm } from '../facts/inventory-view.js';
import { aged, proxyVmTold } from '../outside.js';
import { flag, mapTold, type Reading, type Told } from '../reading.js';
import type { Source } from '../signals.js';

/** Disks of guests that hang on the proxy VM though no task runs. */
export function leftoverReading(source: Source): Reading<boolean> {
  const vm = proxyVmTold(source);
  return flag(vm.kind !== 'unknown' && vm.value !== null ? areLeft(vm.value, source) : mapTold(vm, () => false), {
    yes: 'Disks of guests are left attached',
    no: 'No disk of a guest is left attached',
    name: 'What hot-add left attached is',
    source: 'vCenter inventory',
    observedAt: source.facts.inventory?.observedAt ?? null,
  });
}

/** A task that may run makes disks neither left nor in place: every hot-add proxy has them while it works. */
function areLeft({ foreignDisks, isWorking }: ProxyVm, source: Source): Told<boolean> {
  const at = source.facts.inventory?.observedAt ?? null;
  const disks = aged(source, 'inventoryMs', { known: foreignDisks, at });
  if (disks.kind === 'unknown' || disks.value.length === 0) return mapTold(disks, () => false);
  // That a task ran when the map was read excuses nothing any more once the map is old.
  const works = aged(source, 'inventoryMs', { known: isWorking, at });
  if (works.kind === 'unknown') return works;
  return mapTold(disks, () => works.kind === 'doubtful' || !works.value);
}
