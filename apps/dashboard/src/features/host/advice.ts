import { type Rule, rules } from '@lunwarden/risk';

/** The texts of a rule; null = this page is older than the rule and shows the finding without them. */
export const adviceOf = (id: string): Rule | null => rules.find((rule) => rule.id === id) ?? null;
