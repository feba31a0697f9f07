import { z } from 'zod';
import { ModeScore } from './assessment.js';
import { GateStep } from './gate.js';
import { LevelSchema } from './level.js';
import { TransportModeSchema } from './mode.js';
import { Instant, Text } from './text.js';

const isOn = z.literal('1').optional();

/** Switches of a what-if, as they stand in an address: absent = as it is. */
export const WhatIfQuery = z.strictObject({
  mode: TransportModeSchema.optional(),
  /** Every VMFS LUN unmasked from the host. */
  unmask: isOn,
  /** Every guard of the system set, every LUN in sight offline and read-only. */
  harden: isOn,
  /** Days, 0..3650, that the missing updates wait. */
  delayDays: z
    .string()
    .regex(/^([0-9]{1,3}|[12][0-9]{3}|3[0-5][0-9]{2}|36[0-4][0-9]|3650)$/, 'whole days, 0 to 3650')
    .optional(),
});
export type WhatIfQuery = z.infer<typeof WhatIfQuery>;

const standing = z.strictObject({ score: ModeScore.shape.score, low: ModeScore.shape.low, level: LevelSchema });

/** The scorer run again with some switches turned. Nothing is stored and nothing on the host changes. */
export const WhatIfAnswer = z.strictObject({
  hostId: z.uuid(),
  evaluatedAt: Instant,
  policyVersion: Text(32),
  ...standing.shape,
  feasible: ModeScore.shape.feasible,
  feasibility: ModeScore.shape.feasibility,
  floors: z.array(Text(120)),
  /** The same host as it stands. */
  now: standing,
});
export type WhatIfAnswer = z.infer<typeof WhatIfAnswer>;

const command = Text(1000);

/** How to change one host without its LUNs at stake. */
export const HostRunbook = z.strictObject({
  hostId: z.uuid(),
  evaluatedAt: Instant,
  /** `commands` are what to type, `verify` what to read afterwards: those change nothing. */
  steps: z.array(z.strictObject({ ...GateStep.shape, commands: z.array(command), verify: z.array(command) })),
  /** Updates and situations on this host whose popular fix endangers its LUNs. */
  traps: z.array(
    z.strictObject({
      id: z.string().regex(/^TRAP-[0-9]{2}$/),
      title: Text(600),
      because: z.enum(['pending', 'failed', 'planned']),
      detail: Text(600),
      popularFix: Text(1000),
      whyDangerous: Text(1000),
      /** Ordered steps. */
      safeFix: z.array(Text(1000)),
      source: Text(600),
    }),
  ),
});
export type HostRunbook = z.infer<typeof HostRunbook>;
