import { z } from 'zod';
import { Evidence, Verdict } from './assessment.js';
import { SeveritySchema } from './level.js';
import { Count, HostName, Instant, Text } from './text.js';

/** How far people and reports are with a finding. Only a newer report verifies; only facts make a verdict. */
export const findingStates = ['open', 'acknowledged', 'in-progress', 'accepted', 'verified'] as const;
export const FindingState = z.enum(findingStates);
export type FindingState = z.infer<typeof FindingState>;

/** Name of a rule, e.g. `automount-enabled`. */
export const RuleName = z
  .string()
  .regex(/^[a-z0-9-]+$/)
  .max(80);

/** The work on one finding of one host, beside what the newest verdict says of it. */
export const FindingWork = z.strictObject({
  hostId: z.uuid(),
  rule: RuleName,
  code: z.string().regex(/^[A-Z]{3}-[0-9]{3}$/),
  title: Text(200),
  severity: SeveritySchema,
  verdict: Verdict,
  evidence: z.array(Evidence),
  state: FindingState,
  openedAt: Instant,
  changedAt: Instant,
  /** Who set the state; null = a report did. */
  changedBy: Text(64).nullable(),
  note: Text(1000).nullable(),
  /** Until when the risk is accepted; null = it is not. */
  acceptedUntil: Instant.nullable(),
  /** Why an acceptance ended before somebody ended it; null = it did not. */
  voided: z.enum(['facts-changed', 'expired']).nullable(),
  verifiedAt: Instant.nullable(),
  /** How often it came back after it was verified. */
  reopened: Count,
  /** Of two people who change it at once, the one who read an older version is refused. */
  version: Count,
});
export type FindingWork = z.infer<typeof FindingWork>;

const version = { version: Count };

/** What an administrator may say of a finding. An acceptance ends after 90 days at the latest. */
export const FindingUpdate = z.discriminatedUnion('state', [
  z.strictObject({ ...version, state: z.literal('open'), note: Text(1000).optional() }),
  z.strictObject({ ...version, state: z.literal('acknowledged'), note: Text(1000).optional() }),
  z.strictObject({ ...version, state: z.literal('in-progress'), note: Text(1000).optional() }),
  z.strictObject({
    ...version,
    state: z.literal('accepted'),
    note: Text(1000).refine((reason) => reason.trim().length >= 10, 'a reason of at least 10 characters'),
    until: Instant,
  }),
]);
export type FindingUpdate = z.infer<typeof FindingUpdate>;

/** One rule over the whole fleet: how many hosts have it in which state. Verified ones are not counted. */
export const FindingGroup = z.strictObject({
  rule: RuleName,
  code: z.string().regex(/^[A-Z]{3}-[0-9]{3}$/),
  title: Text(200),
  /** The gravest among its hosts. */
  severity: SeveritySchema,
  states: z.strictObject({ open: Count, acknowledged: Count, 'in-progress': Count, accepted: Count }),
  /** At most 500, those with the gravest findings first; `total` counts all. */
  hosts: z.array(
    z.strictObject({ hostId: z.uuid(), hostname: HostName, severity: SeveritySchema, state: FindingState }),
  ),
  total: Count,
});
export type FindingGroup = z.infer<typeof FindingGroup>;

/** What the stream tells: how much work one host has in each state. */
export const FindingCounts = z.strictObject({
  open: Count,
  acknowledged: Count,
  'in-progress': Count,
  accepted: Count,
  verified: Count,
});
export type FindingCounts = z.infer<typeof FindingCounts>;
