import { z } from 'zod';
import { FindingCounts } from './finding-work.js';
import { HostSummary, VcenterStatus } from './fleet.js';
import { Count, Instant, Text } from './text.js';

/** One numbered difference of the fleet. `seq` has no holes. */
export const Change = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('host'), seq: Count, at: Instant, host: HostSummary }),
  z.strictObject({ kind: z.literal('host-retired'), seq: Count, at: Instant, hostId: z.uuid() }),
  z.strictObject({ kind: z.literal('vcenter'), seq: Count, at: Instant, vcenter: VcenterStatus }),
  z.strictObject({ kind: z.literal('vcenter-removed'), seq: Count, at: Instant, vcenterId: z.uuid() }),
  /** The work on the findings of a host moved: how much of it stands where. */
  z.strictObject({ kind: z.literal('findings'), seq: Count, at: Instant, hostId: z.uuid(), counts: FindingCounts }),
  z.strictObject({
    kind: z.literal('blast'),
    seq: Count,
    at: Instant,
    vmsAtRisk: z.strictObject({ count: Count, isComplete: z.boolean() }),
  }),
]);
export type Change = z.infer<typeof Change>;

/**
 * What the server says on the socket. `changes` brings the latest state of every host touched in (from, to],
 * coalesced; a client whose own seq is not `from` has missed something and fetches a snapshot.
 */
export const LiveFrame = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('hello'), seq: Count, serverTime: Instant, heartbeatMs: Count }),
  z.strictObject({ type: z.literal('changes'), from: Count, to: Count, changes: z.array(Change) }),
  /**
   * Unchanged reports arrived: the verdicts told up to `seq` hold for longer. May repeat and come late; the later instant
   * wins. Of a verdict that was told after `seq` it says nothing.
   */
  z.strictObject({
    type: z.literal('seen'),
    seq: Count,
    hosts: z.array(
      z.strictObject({ hostId: z.uuid(), observedAt: Instant, lastReportAt: Instant, validUntil: Instant }),
    ),
  }),
  z.strictObject({ type: z.literal('resync'), seq: Count, reason: Text(120) }),
  z.strictObject({ type: z.literal('heartbeat'), seq: Count, serverTime: Instant }),
]);
export type LiveFrame = z.infer<typeof LiveFrame>;
