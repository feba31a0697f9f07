import type { Assessment, GateReason } from '@lunwarden/contract';
import type { Facts } from '../facts.js';
import { instantText } from '../instant-text.js';
import type { Policy } from '../policy.js';
import { isExposed } from './exposed.js';

type Judged = { facts: Facts; assessment: Assessment; now: number; policy: Policy };

/**
 * Everything that nobody knows, or that was known too long ago, as reasons. It looks at facts, assessment and clock for
 * itself: a judgement that was made earlier, or by somebody more lenient, must not carry a go across its end.
 */
export function gapsOf(judged: Judged): GateReason[] {
  return [...staleness(judged), ...unknowns(judged)];
}

const unknown = (code: string, text: string): GateReason => ({ code, effect: 'unknown', text: text.slice(0, 600) });

function staleness({
  facts: { report, identityConflict },
  assessment,
  now,
  policy: { freshness },
}: Judged): GateReason[] {
  const reasons: GateReason[] = [];
  if (identityConflict)
    reasons.push(unknown('identity', 'Two machines speak with the key of this host: nothing it says may count.'));
  if (report === null) return [...reasons, unknown('report', 'The host has never reported.')];
  const toldAt = report.observedAt ?? '';
  const observedAt = Date.parse(toldAt);
  if (Number.isNaN(observedAt)) reasons.push(unknown('report-age', 'The age of the last report is not proven.'));
  else if (observedAt > now + freshness.skewMs)
    reasons.push(unknown('report-age', 'The last report is from the future: a clock is wrong.'));
  else if (now - observedAt >= freshness.hostStateMs)
    reasons.push(unknown('fresh-report', `The facts are of ${instantText(toldAt)}: too old to prove anything.`));
  // Also false for an instant that is none.
  if (!(now < Date.parse(assessment.validUntil)))
    reasons.push(unknown('assessment', `The last judgement held until ${instantText(assessment.validUntil)}.`));
  if (!(Date.parse(assessment.asOf) <= now + freshness.skewMs))
    reasons.push(unknown('assessment', 'The last judgement is from the future: a clock is wrong.'));
  return reasons;
}

/** Without them a host can be patched all the same, with the step that makes them not matter. */
const matterLess: readonly string[] = ['role', 'transport-mode'];

function unknowns({ assessment }: Judged): GateReason[] {
  const { level, completeness, missing, drivers, exposure } = assessment;
  const reasons = drivers
    .filter(({ state }) => state === 'unknown')
    .map(({ factor, label, value }): GateReason => {
      const effect = matterLess.includes(factor) ? 'step' : 'unknown';
      return { code: factor, effect, text: `${label}: ${value}`.slice(0, 600) };
    });
  for (const name of missing) {
    const code = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
    if (!reasons.some((reason) => reason.code === code)) reasons.push(unknown(code, `Not known: ${name}.`));
  }
  if (isExposed(assessment) && !exposure.isComplete)
    reasons.push(unknown('blast-radius', 'It is not known which VMs a careless write could reach.'));
  const isNamed = reasons.some(({ effect }) => effect === 'unknown');
  if (!isNamed && (level === 'unknown' || completeness < 1))
    reasons.push(unknown('judgement', 'The host cannot be judged.'));
  return reasons;
}
