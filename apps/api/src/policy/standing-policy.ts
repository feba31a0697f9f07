import { defaultPolicy, type Policy, type PolicyOverrides, policyWith } from '@lunwarden/risk';
import type { PolicyChange, Tx } from '@lunwarden/store';

/** What a site set, as the rules take it; what was put back is ours again. */
export const overridesOf = (standing: readonly PolicyChange[]): PolicyOverrides =>
  Object.fromEntries(standing.flatMap(({ path, after }) => (after === null ? [] : [[path, after]])));

let last: { key: string; policy: Policy } = { key: '[]', policy: defaultPolicy };

/**
 * The policy of the site at the moment of this transaction. A constant that a newer version bounds otherwise is ours
 * again: better strict than strange.
 */
export async function policyOf(tx: Pick<Tx, 'policy'>): Promise<Policy> {
  const overrides = overridesOf(await tx.policy.standing());
  const key = JSON.stringify(Object.entries(overrides).toSorted());
  // The policy depends on nothing else, so every transaction of the process may have the same object.
  if (last.key !== key) last = { key, policy: lawful(overrides) };
  return last.policy;
}

function lawful(overrides: PolicyOverrides): Policy {
  const made = policyWith(overrides);
  if ('policy' in made) return made.policy;
  const wrong = new Set(made.problems.map(({ path }) => path));
  const rest = Object.entries(overrides).filter(([path]) => !wrong.has(path));
  // A problem may name a constant that nobody set, beside one that somebody did: then none of them counts.
  return rest.length === Object.keys(overrides).length ? defaultPolicy : lawful(Object.fromEntries(rest));
}
