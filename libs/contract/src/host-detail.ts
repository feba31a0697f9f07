import { z } from 'zod';
import { Assessment, ReachedDatastore } from './assessment.js';
import { HostSummary } from './fleet.js';
import { LevelSchema } from './level.js';
import { LunKeySchema } from './lun-key-schema.js';
import { ProxyReport } from './proxy-report.js';
import { Count, DecimalText, Instant, Text } from './text.js';

/** One disk that the host sees, joined with the map: what it is, what state it is in, what lies on it. */
export const SeenLun = z.strictObject({
  /** Windows disk number or Linux device name, as shown to the operator. */
  device: Text(128),
  keys: z.array(LunKeySchema).max(64),
  sizeBytes: DecimalText,
  isVmfs: z.enum(['yes', 'no', 'unknown']),
  state: z.enum([
    'array-read-only',
    'offline-read-only',
    'offline-writable',
    'online-read-only',
    'online-writable',
    'unknown',
  ]),
  /** Drive letters, mount folders or mount points on it. */
  mounts: z.array(Text(1024)),
  datastores: z.array(ReachedDatastore),
  /** Other proxies that see the same LUN. */
  otherHosts: z.array(z.strictObject({ hostId: z.uuid(), hostname: Text(253) })),
});
export type SeenLun = z.infer<typeof SeenLun>;

/** Everything that the host page shows. */
export const HostDetail = z.strictObject({
  seq: Count,
  summary: HostSummary,
  assessment: Assessment,
  luns: z.array(SeenLun).nullable(),
  report: ProxyReport.nullable(),
  receivedAt: Instant.nullable(),
  history: z.array(
    z.strictObject({ at: Instant, score: z.number(), level: LevelSchema, reason: Text(300).nullable() }),
  ),
});
export type HostDetail = z.infer<typeof HostDetail>;

export const VmsInReach = z.strictObject({
  vms: z.array(z.strictObject({ name: Text(256), vcenter: Text(200), datastores: z.array(Text(256)) })),
  total: Count,
  isComplete: z.boolean(),
});
export type VmsInReach = z.infer<typeof VmsInReach>;
