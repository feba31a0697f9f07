import { type GateReason, type GateVerdict, type HostGate, levels } from '@lunwarden/contract';

/** What needs a person first. */
export const verdicts = ['no-go', 'unknown', 'go-with-steps', 'go'] as const satisfies readonly GateVerdict[];

export function countVerdicts(gates: readonly HostGate[]): Record<GateVerdict, number> {
  const counts = { 'no-go': 0, unknown: 0, 'go-with-steps': 0, go: 0 };
  for (const { verdict } of gates) counts[verdict] += 1;
  return counts;
}

const effects: Record<GateReason['effect'], number> = { blocks: 0, unknown: 1, step: 2 };

/** What forbids first, then what nobody knows, then what asks for steps. */
export const gravestFirst = (reasons: readonly GateReason[]): GateReason[] =>
  [...reasons].sort((a, b) => effects[a.effect] - effects[b.effect]);

/** By verdict, then level, then score, then VMs in reach, then name. */
export function gatesInOrder(gates: readonly HostGate[]): HostGate[] {
  return [...gates].sort(
    (a, b) =>
      verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict) ||
      levels.indexOf(a.level) - levels.indexOf(b.level) ||
      b.score - a.score ||
      b.vms - a.vms ||
      a.hostname.localeCompare(b.hostname, 'en'),
  );
}

/** An override that stands: two people agreed, and its end has not come at `now` (ms since 1970). */
export const standingOverride = ({ overrides }: HostGate, now: number) =>
  overrides.find(({ state, expiresAt }) => state === 'approved' && Date.parse(expiresAt) > now) ?? null;
