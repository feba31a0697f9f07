import { z } from 'zod';
import { HostFacts } from './host-facts.js';
import { Count, Instant, Text } from './text.js';

/** How one part of a collector fared. One that failed never voids the others. */
export const CollectorRun = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/),
  status: z.enum(['ok', 'denied', 'error', 'timeout', 'unsupported', 'skipped']),
  code: Text(128).optional(),
  durationMs: Count,
});
export type CollectorRun = z.infer<typeof CollectorRun>;

/** A pre-flight's random name. */
const Nonce = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/);

/**
 * Report envelope, version 1. Who speaks is told by the credential, never by the body.
 * `observedAt = receivedAt - ageMs`; ageMs comes from a monotonic clock within one boot (0 .. 7 days).
 */
export const ProxyReport = z.strictObject({
  schema: z.literal(1),
  reportId: z.uuidv7(),
  /** Random, made at installation: a re-imaged machine has a new one. */
  installId: z.uuid(),
  /** Changes at each boot; `seq` counts the reports within one boot. */
  bootId: z.uuid(),
  seq: Count,
  ageMs: z
    .int()
    .min(0)
    .max(7 * 86_400_000)
    .nullable()
    .describe('null = the age cannot be proven (spooled over a reboot)'),
  collectedAt: Instant,
  sentAt: Instant,
  /** Reports thrown away because the spool was full. */
  dropped: Count,
  /** Of the last receipt that had one: proves that these facts were observed after somebody asked (R12). */
  nonce: Nonce.optional(),
  collector: z.strictObject({
    name: Text(64),
    version: Text(32),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .nullable(),
  }),
  collectors: z.array(CollectorRun).min(1).max(64),
  facts: HostFacts,
});
export type ProxyReport = z.infer<typeof ProxyReport>;

/** Bounds of a report on the wire; the intake refuses what is larger before it is parsed. */
export const reportLimits = {
  inflatedBytes: 1_048_576,
  compressedBytes: 262_144,
  depth: 12,
  nodes: 50_000,
  stringBytes: 4096,
} as const;

/** What the sender is told. `accepted` and `unchanged` are 202, `duplicate` is 200; all are durable when it reads this. */
export const ReportReceipt = z.strictObject({
  reportId: z.uuidv7(),
  result: z.enum(['accepted', 'unchanged', 'duplicate', 'late']),
  nextReportInMs: Count,
  /** Somebody waits for a pre-flight of this host: the next report must carry it, with facts observed after this. */
  nonce: Nonce.optional(),
});
export type ReportReceipt = z.infer<typeof ReportReceipt>;
