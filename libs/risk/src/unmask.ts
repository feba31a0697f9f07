import { settled } from './reading.js';
import type { Signals } from './signals.js';

/** The host with every VMFS LUN unmasked from it. Damage that is already proven stays. */
export function unmask(signals: Signals): Signals {
  return {
    ...signals,
    visibleLuns: settled(false),
    luns: settled([]),
    reach: settled({ vms: 0, datastores: 0 }),
    overwritten: { ...signals.overwritten, worst: signals.overwritten.best, isKnown: true },
  };
}
