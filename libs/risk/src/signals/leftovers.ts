import { aged } from '../outside.js';
import { grade, mapTold, type Reading } from '../reading.js';
import type { Source } from '../signals.js';

/** Disks of guests that hang on the proxy VM though no task runs. A task that may run excuses nothing that is left. */
export function leftoverReading({ facts: { inventory }, asOf, policy: { freshness } }: Source): Reading<boolean> {
  const at = inventory?.observedAt ?? null;
  const vm = aged(inventory?.proxyVm, at, { asOf, ttlMs: freshness.inventoryMs });
  const disks =
    vm.kind !== 'unknown' && vm.value !== null
      ? aged(vm.value.foreignDisks, at, { asOf, ttlMs: freshness.inventoryMs })
      : mapTold(vm, () => []);
  const isWorking =
    vm.kind === 'certain' && vm.value !== null && 'value' in vm.value.isWorking && vm.value.isWorking.value;
  return grade(
    mapTold(disks, (list) => list.length > 0 && !isWorking),
    {
      worst: true,
      best: false,
      isBad: (is) => is,
      say: (is) => (is ? 'Disks of guests are left attached' : 'No disk of a guest is left attached'),
      name: 'What hot-add left attached',
      source: 'vCenter inventory',
      observedAt: at,
    },
  );
}
