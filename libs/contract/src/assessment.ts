import { z } from 'zod';
import { LevelSchema, PatchExposureSchema, SeveritySchema } from './level.js';
import { TransportModeSchema } from './mode.js';
import { Count, Instant, Text } from './text.js';

const Score = z.number().min(0).max(100);

export const Verdict = z.enum(['at-risk', 'safe', 'unknown', 'not-applicable']);
export type Verdict = z.infer<typeof Verdict>;

/** One thing that was looked at: what it said, where it was read, when. */
export const Evidence = z.strictObject({ text: Text(600), source: Text(200), observedAt: Instant.nullable() });
export type Evidence = z.infer<typeof Evidence>;

export const Finding = z.strictObject({
  /** Catalogue id, e.g. `WIN-004`, and the rule's file name, e.g. `automount-enabled`. */
  code: z.string().regex(/^[A-Z]{3}-[0-9]{3}$/),
  rule: z.string().regex(/^[a-z0-9-]+$/),
  verdict: Verdict,
  severity: SeveritySchema,
  title: Text(200),
  evidence: z.array(Evidence),
});
export type Finding = z.infer<typeof Finding>;

/** One factor of the score; `ifFixed` is what the score becomes when this factor alone is safe (the scorer run again). */
export const Driver = z.strictObject({
  factor: z.string().regex(/^[a-z0-9-]+$/),
  label: Text(120),
  value: Text(300),
  state: z.enum(['bad', 'unknown', 'good']),
  ifFixed: Score,
  evidence: z.array(Evidence),
});
export type Driver = z.infer<typeof Driver>;

/** One mode of the three, as the host stands and as it would stand with its LUNs unmasked. */
export const ModeScore = z.strictObject({
  mode: TransportModeSchema,
  inForce: z.boolean(),
  feasible: z.enum(['yes', 'no', 'unknown']),
  feasibility: Text(300),
  score: Score,
  low: Score,
  level: LevelSchema,
  /** The same with every VMFS LUN unmasked from the host: a switch of its own. */
  unmasked: z.strictObject({ score: Score, low: Score, level: LevelSchema }),
  /** Read speed relative to Direct SAN and load on ESXi: labelled assumptions until sessions are measured. */
  throughputIndex: z.number().min(0).max(1),
  esxiLoad: Text(200),
});
export type ModeScore = z.infer<typeof ModeScore>;

/** A datastore in reach. */
export const ReachedDatastore = z.strictObject({
  id: Text(200),
  name: Text(256),
  vcenter: Text(200),
  vms: Count,
  /**
   * What keeps `vms` from being believed: `stale` = no host that mounts it is connected; `copy` = its volume lies on other
   * LUNs too; `new-generation` = its LUN carried something else in the map before. Absent = nothing does.
   */
  doubts: z
    .array(z.enum(['stale', 'copy', 'new-generation']))
    .max(3)
    .optional(),
});

/** What a careless write on this host could reach. */
export const Exposure = z.strictObject({
  visibleDisks: Count.nullable(),
  vmfsLuns: Count.nullable(),
  /** Seen by the host, on a shared bus, known to no complete map: counted as VMFS with unknown contents (R11). */
  unmappedLuns: Count,
  datastores: z.array(ReachedDatastore),
  vms: Count,
  /** False while any map or any LUN's contents are unknown: then `vms` is a lower bound. */
  isComplete: z.boolean(),
  /** Why not, as far as the maps are to blame: what each vCenter lacks, in words for the operator. Absent = they are whole. */
  gaps: z.array(Text(300)).max(20).optional(),
  /** Age of the oldest LUN map used; null = none. */
  mapCollectedAt: Instant.nullable(),
});
export type Exposure = z.infer<typeof Exposure>;

/**
 * How long a verdict may be read: `validUntil` is the least of `observedAt + reportMs`, `mapUntil` and `calendarUntil`;
 * null = does not limit. An unchanged report moves the first and newer LUN maps the second, without judging again;
 * nothing moves the third, on which an update has grown too old or support ends.
 */
export const Validity = z.strictObject({
  reportMs: Count.nullable(),
  mapUntil: Instant.nullable(),
  calendarUntil: Instant.nullable(),
});
export type Validity = z.infer<typeof Validity>;

/** All that is held to be true of one host at `asOf`, and why. After `validUntil` nobody may read it as safe. */
export const Assessment = z.strictObject({
  hostId: z.uuid(),
  asOf: Instant,
  validUntil: Instant,
  validity: Validity,
  policyVersion: Text(32),
  /** `score` counts unknown facts as bad; `low` counts only known-bad facts. */
  score: Score,
  low: Score,
  level: LevelSchema,
  /** Known core signals / core signals of that kind of host. */
  completeness: z.number().min(0).max(1),
  missing: z.array(Text(120)),
  floors: z.array(Text(120)),
  mode: z.strictObject({
    effective: z.union([TransportModeSchema, z.literal('unknown')]),
    evidence: z.enum(['observed', 'configured', 'inferred', 'unknown']),
    detail: Text(300),
  }),
  modes: z.array(ModeScore).length(3),
  exposure: Exposure,
  patch: z.strictObject({ level: PatchExposureSchema, detail: Text(300) }),
  drivers: z.array(Driver),
  findings: z.array(Finding),
});
export type Assessment = z.infer<typeof Assessment>;
