import { z } from 'zod';
import { HostSummary, VcenterStatus } from './fleet.js';
import { LevelSchema } from './level.js';
import { Count, Instant, Text } from './text.js';

export const IsoWeek = z.string().regex(/^[0-9]{4}-W(0[1-9]|[1-4][0-9]|5[0-3])$/, 'an ISO 8601 week such as 2026-W47');
export type IsoWeek = z.infer<typeof IsoWeek>;

/** The fleet as it stood when a week was closed. Written once, never changed. */
export const WeeklySnapshot = z.strictObject({
  week: IsoWeek,
  timeZone: Text(64),
  /** Monday 00:00 and the next Monday 00:00 in that time zone, as instants. */
  startsAt: Instant,
  endsAt: Instant,
  takenAt: Instant,
  policyVersion: Text(32),
  levels: z.record(LevelSchema, Count),
  vmsAtRisk: z.strictObject({ count: Count, isComplete: z.boolean() }),
  hosts: z.array(HostSummary),
  vcenters: z.array(VcenterStatus),
});
export type WeeklySnapshot = z.infer<typeof WeeklySnapshot>;

const HostMove = z.strictObject({
  hostId: z.uuid(),
  hostname: Text(253),
  before: z.strictObject({ level: LevelSchema, score: z.number() }).nullable(),
  after: z.strictObject({ level: LevelSchema, score: z.number() }).nullable(),
  reason: Text(300).nullable(),
});

/** One week against the week before it; null where there is no week before. */
export const WeeklyDifference = z.strictObject({
  before: IsoWeek.nullable(),
  levels: z.record(LevelSchema, z.int()),
  vmsAtRisk: z.int().nullable(),
  worse: z.array(HostMove),
  better: z.array(HostMove),
  appeared: z.array(HostMove),
  gone: z.array(HostMove),
  /** True if the two weeks were scored with different policies and so do not compare. */
  policyChanged: z.boolean(),
});
export type WeeklyDifference = z.infer<typeof WeeklyDifference>;

export const WeeklyReport = z.strictObject({ snapshot: WeeklySnapshot, difference: WeeklyDifference });
export type WeeklyReport = z.infer<typeof WeeklyReport>;

export const WeeklyListItem = z.strictObject({
  week: IsoWeek,
  takenAt: Instant,
  levels: z.record(LevelSchema, Count),
  vmsAtRisk: Count,
});
export type WeeklyListItem = z.infer<typeof WeeklyListItem>;
