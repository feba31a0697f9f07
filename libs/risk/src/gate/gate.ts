import type { Assessment, Gate, GateReason, GateVerdict } from '@lunwarden/contract';
import type { Facts } from '../facts.js';
import { defaultPolicy, type Policy } from '../policy.js';
import { wordsOf } from '../words-of.js';
import { gapsOf } from './gaps.js';
import { hazardsOf } from './hazards.js';
import { type PreflightOfHost, preflightReasons, preflightUntil } from './preflight.js';
import { runbookFor } from './runbook.js';
import { trapReasons } from './trap-reasons.js';
import { type WindowOfHost, windowReasons } from './window.js';

export type GateInput = {
  facts: Facts;
  /** Made of these very facts. */
  assessment: Assessment;
  window: WindowOfHost;
  /** ISO instant. */
  now: string;
  /** Undefined = planning, nobody patches yet. Else somebody asks to patch now, and null = no pre-flight was asked for (R12). */
  preflight?: PreflightOfHost | null;
};

/**
 * May this host be patched in this window? A pure function of its arguments. What is proven bad forbids; what nobody
 * knows, or knew too long ago, is unknown; only if neither is left do steps or a go remain. No acceptance of a risk
 * and no override comes in here, so none can turn the verdict (R13).
 * @throws RangeError if facts and assessment are of two hosts, or an instant is none
 */
export function gate(input: GateInput, policy: Policy = defaultPolicy): Gate {
  const { facts, assessment, window } = input;
  const now = Date.parse(input.now);
  if (facts.hostId !== assessment.hostId)
    throw new RangeError(`Facts of ${facts.hostId} with an assessment of ${assessment.hostId}`);
  if (Number.isNaN(now)) throw new RangeError(`now is not an ISO instant: ${input.now}`);
  const asksNow = input.preflight !== undefined;
  const reasons: GateReason[] = [
    ...windowReasons(window, now, asksNow),
    ...hazardsOf(assessment),
    ...trapReasons(facts, assessment, policy),
    ...gapsOf({ facts, assessment, now, policy }),
    ...(asksNow ? preflightReasons(input.preflight ?? null, facts, now) : []),
  ];
  const verdict = verdictOf(reasons);
  return {
    verdict,
    reasons,
    missing: missingOf(reasons, assessment),
    steps: verdict === 'go' ? [] : runbookFor(facts, assessment),
    validUntil: validUntilOf(input, now, policy),
  };
}

function verdictOf(reasons: readonly GateReason[]): GateVerdict {
  const has = (effect: GateReason['effect']): boolean => reasons.some((reason) => reason.effect === effect);
  if (has('blocks')) return 'no-go';
  if (has('unknown')) return 'unknown';
  return has('step') ? 'go-with-steps' : 'go';
}

function missingOf(reasons: readonly GateReason[], { missing }: Assessment): string[] {
  const named = reasons.filter(({ effect }) => effect === 'unknown').map(({ code }) => wordsOf(code));
  return [...new Set([...missing, ...named])];
}

/** The next instant at which any of this may read differently; `now` if it does not even hold that long. */
function validUntilOf({ facts, assessment, window, preflight }: GateInput, now: number, { freshness }: Policy): string {
  const observedAt = facts.report?.observedAt ?? null;
  const ends = [
    Date.parse(assessment.validUntil),
    Date.parse(window.startsAt),
    Date.parse(window.endsAt),
    ...(observedAt === null ? [] : [Date.parse(observedAt) + freshness.hostStateMs]),
    ...(preflight ? [preflightUntil(preflight)] : []),
  ];
  const next = ends.filter((at) => at > now);
  return new Date(next.length === 0 ? now : Math.min(...next)).toISOString();
}
