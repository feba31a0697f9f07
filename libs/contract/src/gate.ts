import { z } from 'zod';
import { LevelSchema } from './level.js';
import { Count, HostName, Instant, Text } from './text.js';

/** May this host be patched: `unknown` is never a yes, and nothing but the facts turns it into one. */
export const GateVerdict = z.enum(['go', 'go-with-steps', 'no-go', 'unknown']);
export type GateVerdict = z.infer<typeof GateVerdict>;

/** Why it is not a plain go: what forbids it, what nobody knows, or what asks for steps first. */
export const GateReason = z.strictObject({
  /** Stable, e.g. `window-not-open`, or the rule or factor behind it. */
  code: z.string().regex(/^[a-z0-9-]+$/),
  effect: z.enum(['blocks', 'unknown', 'step']),
  text: Text(600),
});
export type GateReason = z.infer<typeof GateReason>;

/** One step of the runbook, in order. */
export const GateStep = z.strictObject({ id: z.string().regex(/^[a-z0-9-]+$/), text: Text(600) });
export type GateStep = z.infer<typeof GateStep>;

/** What the gate says at one instant; after `validUntil` it says nothing. */
export const Gate = z.strictObject({
  verdict: GateVerdict,
  reasons: z.array(GateReason),
  /** What is not known, by name. */
  missing: z.array(Text(120)),
  /** Empty for a plain go. */
  steps: z.array(GateStep),
  validUntil: Instant,
});
export type Gate = z.infer<typeof Gate>;

/** An IANA time zone, in which people read the window; its ends are instants and do not depend on it. */
const TimeZone = Text(64).refine(isTimeZone, 'an IANA time zone such as Europe/Berlin');

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
  } catch {
    return false;
  }
}

const twoWeeksMs = 14 * 86_400_000;
const window = {
  name: Text(120).min(1),
  startsAt: Instant,
  endsAt: Instant,
  timeZone: TimeZone,
  /** Hosts that may be patched in it; null = every host, also those that enrol later. */
  hostIds: z.array(z.uuid()).min(1).max(2_000).nullable(),
};

/** A change window to be stored: it ends after it starts, within 14 days. */
export const ChangeWindowRequest = z
  .strictObject(window)
  .refine(({ startsAt, endsAt }) => Date.parse(endsAt) > Date.parse(startsAt), {
    path: ['endsAt'],
    message: 'must be later than startsAt',
  })
  .refine(({ startsAt, endsAt }) => Date.parse(endsAt) - Date.parse(startsAt) <= twoWeeksMs, {
    path: ['endsAt'],
    message: 'at most 14 days after startsAt',
  });
export type ChangeWindowRequest = z.infer<typeof ChangeWindowRequest>;

export const ChangeWindow = z.strictObject({ id: z.uuid(), ...window, createdBy: Text(64), createdAt: Instant });
export type ChangeWindow = z.infer<typeof ChangeWindow>;

/** The newest pre-flight of a host: `answered` proves that its facts were observed after somebody asked. */
export const Preflight = z.strictObject({
  state: z.enum(['requested', 'answered', 'expired']),
  requestedAt: Instant,
  requestedBy: Text(64),
  /** When the report that carried the nonce came, and when its facts were true. */
  answeredAt: Instant.nullable(),
  observedAt: Instant.nullable(),
  /** Until when it counts once it is answered, else until when an answer is awaited. */
  validUntil: Instant,
});
export type Preflight = z.infer<typeof Preflight>;

/** What a report after the window says of the guards: proven again, or broken, or not looked at yet. */
export const Postflight = z.strictObject({
  state: z.enum(['verified', 'pending', 'failed']),
  reasons: z.array(Text(600)),
  observedAt: Instant.nullable(),
});
export type Postflight = z.infer<typeof Postflight>;

export const GateOverrideRequest = z.strictObject({
  hostId: z.uuid(),
  windowId: z.uuid(),
  reason: Text(1000).refine((reason) => reason.trim().length >= 20, 'at least 20 characters'),
  expiresAt: Instant,
});
export type GateOverrideRequest = z.infer<typeof GateOverrideRequest>;

/** Somebody takes the risk and somebody else agrees. It is recorded and shown; the verdict stays what it is. */
export const GateOverride = z.strictObject({
  id: z.uuid(),
  hostId: z.uuid(),
  windowId: z.uuid(),
  reason: Text(1000),
  requestedBy: Text(64),
  requestedAt: Instant,
  approvedBy: Text(64).nullable(),
  approvedAt: Instant.nullable(),
  /** Who took it back before its end; null = nobody. */
  revokedBy: Text(64).nullable(),
  revokedAt: Instant.nullable(),
  expiresAt: Instant,
  state: z.enum(['awaiting-second-person', 'approved', 'revoked', 'expired']),
});
export type GateOverride = z.infer<typeof GateOverride>;

/** Overrides of the whole fleet, the newest request first: at most 500 of `total`. Windows that were removed keep theirs. */
export const OverrideList = z.strictObject({
  asOf: Instant,
  overrides: z.array(z.strictObject({ ...GateOverride.shape, hostname: HostName, windowName: Text(120) })),
  total: Count,
});
export type OverrideList = z.infer<typeof OverrideList>;

/** `now` asks to patch at this moment and needs a pre-flight; `plan` asks how it stands if nothing changes. */
export const GateAsks = z.enum(['now', 'plan']);
export type GateAsks = z.infer<typeof GateAsks>;

/** The gate of one host in one window, with all that people look at before they decide. */
export const HostGate = z.strictObject({
  hostId: z.uuid(),
  hostname: HostName,
  windowId: z.uuid(),
  asks: GateAsks,
  evaluatedAt: Instant,
  policyVersion: Text(32),
  level: LevelSchema,
  score: z.number().min(0).max(100),
  /** VMs within reach of the host; a lower bound if not complete. */
  vms: Count,
  vmsAreComplete: z.boolean(),
  ...Gate.shape,
  preflight: Preflight.nullable(),
  /** Null until the window is over. */
  postflight: Postflight.nullable(),
  overrides: z.array(GateOverride),
});
export type HostGate = z.infer<typeof HostGate>;

/** The hosts of a window in pages, in order of their ids; `next` is the `after` of the next page, null = the last. */
export const WindowGates = z.strictObject({
  window: ChangeWindow,
  asks: GateAsks,
  evaluatedAt: Instant,
  hosts: z.array(HostGate),
  next: z.uuid().nullable(),
});
export type WindowGates = z.infer<typeof WindowGates>;
