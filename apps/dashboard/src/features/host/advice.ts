import { rules } from '@lunwarden/risk';

/** What to tell an operator about a rule that found something. */
export type Advice = {
  why: string;
  /** Ordered steps. */
  remedy: readonly string[];
  /** The fix that people find first and should not use; null = there is none. */
  unsafeFix: string | null;
  source: string;
};

const isAdvice = (rule: object): rule is Advice =>
  'why' in rule && 'remedy' in rule && 'unsafeFix' in rule && 'source' in rule;

/** The texts of a rule; null = this page does not know the rule (it is older) and shows the finding without them. */
export function adviceOf(id: string): Advice | null {
  const rule: object | undefined = rules.find((known) => known.id === id);
  return rule !== undefined && isAdvice(rule) ? rule : null;
}
