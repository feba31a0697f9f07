import { defaultPolicy, type Policy, type PolicyOverrides, policyWith } from '@lunwarden/risk';
import type { PolicyChange, Tx } from '@lunwarden/store';

/**
 * What a site set, as far as this version takes it; what was put back is ours again. A constant that a newer version
 * bounds otherwise is ours again too: better strict than strange.
 */
export function overridesOf(standing: readonly PolicyChange[]): PolicyOverrides {
  return lawful(Object.fromEntries(standing.flatMap(({ path, after }) => (after === null ? [] : [[path, after]]))));
}

let last: { key: string; policy: Policy } = { key: '[]', policy: defaultPolicy };

/** The policy of the site at the moment of this transaction. */
export async function policyOf(tx: Pick<Tx, 'policy'>): Promise<Policy> {
  const standing = await tx.policy.standing();
  const key = JSON.stringify(standing.map(({ path, after }) => [path, after]));
  if (last.key === key) return last.policy;
  const made = policyWith(overridesOf(standing));
  // The policy depends on nothing else, so every transaction of the process may have the same object.
  last = { key, policy: 'policy' in made ? made.policy : defaultPolicy };
  return last.policy;
}

function lawful(overrides: PolicyOverrides): PolicyOverrides {
  const made = policyWith(overrides);
  if ('policy' in made) return overrides;
  const wrong = new Set(made.problems.map(({ path }) => path));
  const rest = Object.entries(overrides).filter(([path]) => !wrong.has(path));
  // A problem may name a constant that nobody set, beside one that somebody did: then none of them counts.
  return rest.length === Object.keys(overrides).length ? {} : lawful(Object.fromEntries(rest));
}
