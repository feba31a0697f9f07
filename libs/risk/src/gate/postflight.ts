import type { Assessment, Postflight } from '@lunwarden/contract';
import type { Facts } from '../facts.js';
import { instantText } from '../instant-text.js';
import { defaultPolicy, type Policy } from '../policy.js';
import { gapsOf } from './gaps.js';
import { hazardsOf } from './hazards.js';
import type { WindowOfHost } from './window.js';

/** How long after a window a report is awaited before its absence is a failure of its own. */
const awaitedMs = 60 * 60_000;

/**
 * Whether a report from after the window proves the guards again; null = the window is not over, or not for this host.
 * A guard that came out of a change weaker is CHG-004.
 */
export function postflight(
  { facts, assessment, window, now }: { facts: Facts; assessment: Assessment; window: WindowOfHost; now: string },
  policy: Policy = defaultPolicy,
): Postflight | null {
  const at = Date.parse(now);
  const endedAt = Date.parse(window.endsAt);
  if (at < endedAt || !window.includesHost) return null;
  const observedAt = facts.report?.observedAt ?? null;
  if (observedAt === null || !(Date.parse(observedAt) >= endedAt)) {
    const overdue = at - endedAt >= awaitedMs;
    const text = `CHG-004: no report has been observed since the window ended at ${instantText(window.endsAt)}`;
    return { state: overdue ? 'failed' : 'pending', reasons: [text], observedAt };
  }
  const weak = hazardsOf(assessment).filter(({ code }) => !expected.includes(code));
  const unknown = gapsOf({ facts, assessment, now: at, policy }).filter(({ effect }) => effect === 'unknown');
  const reasons = [...weak, ...unknown].map(({ text }) => `CHG-004: ${text}`.slice(0, 600));
  return { state: reasons.length === 0 ? 'verified' : 'failed', reasons, observedAt };
}

/** They ask for care during a change and say nothing about how it ended. */
const expected: readonly string[] = ['auto-install', 'luns-visible-without-need', 'level'];
