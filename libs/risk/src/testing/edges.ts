import { describe, expect, it } from 'vitest';
import type { Facts } from '../facts.js';
import { type Case, findingOf } from './cases.js';

/** What a rule answers at the ends of what it asks, as `verdict severity`; `says` = its first evidence. */
export type Edge = [what: string, rule: string, answer: string, facts: Case[3], host?: Partial<Facts>, says?: string];

export function describeEdges(of: string, edges: readonly Edge[]): void {
  describe(`at the ends of what is asked of ${of}`, () => {
    it.each(edges)('%s: %s answers %s', (_what, rule, answer, facts, others, says) => {
      const finding = findingOf(rule, facts, others);
      expect(`${finding?.verdict} ${finding?.severity}`).toBe(answer);
      if (says !== undefined) expect(finding?.evidence[0]?.text).toBe(says);
    });
  });
}
