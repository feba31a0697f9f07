import { z } from 'zod';
import { Validity } from './assessment.js';
import { LevelSchema, PatchExposureSchema } from './level.js';
import { MapLosses } from './lun-map.js';
import { TransportModeSchema } from './mode.js';
import { Count, HostName, Instant, Text } from './text.js';

/** One row of the fleet: what lists, tiles, matrix and stream show of a host. A projection of its Assessment. */
export const HostSummary = z.strictObject({
  hostId: z.uuid(),
  hostname: HostName,
  platform: z.enum(['windows', 'linux']),
  os: Text(160),
  level: LevelSchema,
  score: z.number().min(0).max(100),
  low: z.number().min(0).max(100),
  completeness: z.number().min(0).max(1),
  mode: z.union([TransportModeSchema, z.literal('unknown')]),
  modeEvidence: z.enum(['observed', 'configured', 'inferred', 'unknown']),
  patch: PatchExposureSchema,
  automount: z.enum(['enabled', 'disabled', 'unknown', 'not-applicable']),
  sanPolicy: z.enum(['OnlineAll', 'OfflineShared', 'OfflineAll', 'OfflineInternal', 'unknown', 'not-applicable']),
  /** VMFS LUNs in sight; of them online and writable. null = the disk list is unknown. */
  vmfsLuns: Count.nullable(),
  writableLuns: Count.nullable(),
  datastoreIds: z.array(Text(200)),
  vms: Count,
  blastIsComplete: z.boolean(),
  /** The finding that weighs most, in one sentence; null = none. */
  topReason: Text(300).nullable(),
  /** When the facts were true, when the last report came, and until when the verdict may be read as it stands. */
  observedAt: Instant.nullable(),
  lastReportAt: Instant.nullable(),
  validUntil: Instant,
  validity: Validity,
  state: z.enum(['reporting', 'silent', 'stale', 'never-reported', 'identity-conflict']),
});
export type HostSummary = z.infer<typeof HostSummary>;

export const VcenterStatus = z.strictObject({
  id: z.uuid(),
  name: Text(200),
  url: Text(500),
  state: z.enum(['never-collected', 'ok', 'incomplete', 'failed', 'collecting']),
  /** The map in force: the last complete one, whatever happened since. */
  mapCollectedAt: Instant.nullable(),
  lastAttemptAt: Instant.nullable(),
  lastError: Text(500).nullable(),
  /** The map was brought as a file, when and by whom; its age is `mapCollectedAt` all the same. */
  imported: z
    .strictObject({ at: Instant, by: Text(64), file: Text(255).nullable() })
    .nullable()
    .optional(),
  gaps: Count,
  datastores: Count,
  hosts: Count,
  vms: Count,
  /** The newest map is held back for showing so few: a person says whether that is right. Absent from servers of before. */
  heldBack: MapLosses.nullable().optional(),
  /** What a person said is right; it waits for a map that shows at least as many. */
  confirmed: MapLosses.nullable().optional(),
  /** From then on it counts for nothing, whatever came or did not come until then. */
  confirmedUntil: Instant.nullable().optional(),
  /** In changes that were stored before `heldBack` was told. */
  needsConfirmation: z.boolean().optional(),
});
export type VcenterStatus = z.infer<typeof VcenterStatus>;

/** The whole fleet at one `seq` of the change stream. */
export const FleetSnapshot = z.strictObject({
  seq: Count,
  asOf: Instant,
  hosts: z.array(HostSummary),
  vcenters: z.array(VcenterStatus),
  /** Distinct VMs behind at least one critical, high or unknown host; a lower bound if not complete. */
  vmsAtRisk: z.strictObject({ count: Count, isComplete: z.boolean() }),
});
export type FleetSnapshot = z.infer<typeof FleetSnapshot>;

/** One day of the fleet, for the trend. */
export const TrendPoint = z.strictObject({
  date: z.iso.date(),
  levels: z.record(LevelSchema, Count),
  vmsAtRisk: Count,
});
export type TrendPoint = z.infer<typeof TrendPoint>;
