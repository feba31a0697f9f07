import type { EsxiHost } from './facts/inventory-view.js';
import type { Subject } from './judging.js';
import { inventory, proxyVmTold } from './outside.js';
import type { RuleContext } from './rule.js';

/**
 * ESXi hosts that mount what this host sees, and the one that runs it. While a LUN in sight is not known to the maps, or
 * nobody knows which VM the host is, there may be more of them: those that are known may be bad, and never all be well.
 */
export function esxiInReach(context: RuleContext): Subject<readonly EsxiHost[]> {
  const known = inventory(context, { name: 'ESXi hosts in reach are', fact: (view) => view.esxiHosts });
  const isWhole = context.exposure.isComplete && proxyVmTold(context).kind !== 'unknown';
  if (isWhole || known.told.kind !== 'certain') return known;
  return { ...known, told: { kind: 'doubtful', value: known.told.value, why: 'not_collected' } };
}
