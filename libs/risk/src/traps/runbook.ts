import type { Assessment, GateStep } from '@lunwarden/contract';
import { sourceBehind } from '../assess.js';
import type { Facts } from '../facts.js';
import { runbookFor } from '../gate/runbook.js';
import { defaultPolicy, type Policy } from '../policy.js';
import { type OsFamily, osFamilyOf, stepCommands } from './commands.js';
import { type TrapText, trapTexts } from './texts.js';
import type { PlannedChange, TrapMatch } from './trap.js';
import { trapsOf } from './traps-of.js';

/** A step, what to type for it, and what to read to see that it is done. `verify` commands change nothing. */
export type RunbookStep = GateStep & { commands: readonly string[]; verify: readonly string[] };
export type Runbook = {
  family: OsFamily;
  steps: RunbookStep[];
  /** The traps on this host, each with the fix that people find first and why not to use it. */
  traps: (TrapMatch & TrapText)[];
};

/** How to change this host without its LUNs at stake; `planned` = what else somebody means to do to it. */
export function runbookOf(
  facts: Facts,
  assessment: Assessment,
  { planned = [], policy = defaultPolicy }: { planned?: readonly PlannedChange[]; policy?: Policy } = {},
): Runbook {
  const family = osFamilyOf(facts);
  const steps = runbookFor(facts, assessment).map(
    (step): RunbookStep => ({ ...step, ...(stepCommands[family][step.id] ?? { commands: [], verify: [] }) }),
  );
  const traps = trapsOf(sourceBehind(assessment, facts, policy), planned).map((match) => ({
    ...match,
    ...trapTexts[match.id],
  }));
  return { family, steps, traps };
}
