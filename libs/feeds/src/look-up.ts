import type { Known, UnknownReason } from '@lunwarden/contract';
import { ageProblem } from './feed.js';

/** A feed as it was asked: its day, and for how many days it may say that something is not in it. */
export type Dated = { asOf: string; ttlDays: number };

/**
 * What a feed says of one key. What it lists stays listed however old it is; that something is not listed, only a fresh
 * feed may say. `feed` null = it was never imported.
 */
export function lookUp<B>(feed: Dated | null, found: B | undefined, now: string): Known<B | null> {
  if (feed === null) return { unknown: 'not_collected' };
  if (found !== undefined) return { value: found };
  const problem: UnknownReason | null = ageProblem(feed.asOf, feed.ttlDays, now);
  return problem === null ? { value: null } : { unknown: problem };
}
