import { type Advice, adviceOf as textsOf } from '@lunwarden/risk';

/** The texts of a rule; null = this page does not know the rule (it is older) and shows the finding without them. */
export const adviceOf = (id: string): Advice | null => textsOf(id);
