import type { Assessment, GateReason } from '@lunwarden/contract';
import { sourceBehind } from '../assess.js';
import type { Facts } from '../facts.js';
import type { Policy } from '../policy.js';
import { trapsOf } from '../traps/traps-of.js';
import { isExposed } from './exposed.js';

/** Updates ahead whose popular fix endangers the LUNs beside them: whoever installs them must know the steps first. */
export function trapReasons(facts: Facts, assessment: Assessment, policy: Policy): GateReason[] {
  if (!isExposed(assessment)) return [];
  return trapsOf(sourceBehind(assessment, facts, policy)).map(({ id, title, detail }) => ({
    code: id.toLowerCase(),
    effect: 'step',
    text: `${id} ${title}: ${detail}`.slice(0, 600),
  }));
}
