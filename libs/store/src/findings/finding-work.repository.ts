import { FindingState, SeveritySchema } from '@lunwarden/contract';
import { z } from 'zod';
import { column, type Sql } from '../sql.js';

const Row = z.strictObject({
  hostId: z.uuid(),
  rule: z.string(),
  code: z.string(),
  title: z.string(),
  severity: SeveritySchema,
  state: FindingState,
  openedAt: column.instant,
  /** When the report came from which it was opened or opened again: only a later one verifies. */
  seenAt: column.instant,
  changedAt: column.instant,
  changedBy: z.string().nullable(),
  note: z.string().nullable(),
  acceptedUntil: column.instant.nullable(),
  /** Of the evidence whose risk was accepted. */
  acceptedHash: z.string().nullable(),
  voided: z.enum(['facts-changed', 'expired']).nullable(),
  verifiedAt: column.instant.nullable(),
  reopened: z.int(),
  version: z.int(),
});
export type StoredFindingWork = z.infer<typeof Row>;

const Standing = z.strictObject({
  hostId: z.uuid(),
  hostname: z.string(),
  rule: z.string(),
  code: z.string(),
  title: z.string(),
  severity: SeveritySchema,
  state: FindingState,
  acceptedUntil: column.instant.nullable(),
});
/** A finding that is not verified, with the name of its host. */
export type StandingFinding = z.infer<typeof Standing>;

const columns = `host_id AS "hostId", rule, code, title, severity, state, opened_at AS "openedAt", seen_at AS "seenAt",
  changed_at AS "changedAt", changed_by AS "changedBy", note, accepted_until AS "acceptedUntil",
  accepted_hash AS "acceptedHash", voided, verified_at AS "verifiedAt", reopened, version`;

/** The work on findings. Writers hold the lock of the host (see `reports.lock`), as whoever judges it does. */
export class FindingWorkRepository {
  constructor(private readonly sql: Sql) {}

  of(hostIds: readonly string[]): Promise<StoredFindingWork[]> {
    return this.sql.many(
      Row,
      `SELECT ${columns} FROM finding_work WHERE host_id = ANY($1::uuid[]) ORDER BY host_id, rule`,
      [hostIds],
    );
  }

  /** Writes these rows whole, in one statement. */
  async save(rows: readonly StoredFindingWork[]): Promise<void> {
    if (rows.length === 0) return;
    await this.sql.run(
      `INSERT INTO finding_work (host_id, rule, code, title, severity, state, opened_at, seen_at, changed_at, changed_by,
         note, accepted_until, accepted_hash, voided, verified_at, reopened, version)
       SELECT "hostId", rule, code, title, severity, state, "openedAt", "seenAt", "changedAt", "changedBy",
         note, "acceptedUntil", "acceptedHash", voided, "verifiedAt", reopened, version
       FROM jsonb_to_recordset($1::jsonb) AS input("hostId" uuid, rule text, code text, title text, severity text, state text,
         "openedAt" timestamptz, "seenAt" timestamptz, "changedAt" timestamptz, "changedBy" text, note text,
         "acceptedUntil" timestamptz, "acceptedHash" text, voided text, "verifiedAt" timestamptz, reopened int, version int)
       ON CONFLICT (host_id, rule) DO UPDATE SET code = excluded.code, title = excluded.title, severity = excluded.severity,
         state = excluded.state, opened_at = excluded.opened_at, seen_at = excluded.seen_at, changed_at = excluded.changed_at,
         changed_by = excluded.changed_by, note = excluded.note, accepted_until = excluded.accepted_until,
         accepted_hash = excluded.accepted_hash, voided = excluded.voided, verified_at = excluded.verified_at,
         reopened = excluded.reopened, version = excluded.version`,
      [JSON.stringify(rows)],
    );
  }

  /** Everything that is found and not verified, on hosts that count. */
  standing(): Promise<StandingFinding[]> {
    return this.sql.many(
      Standing,
      `SELECT work.host_id AS "hostId", host.hostname, work.rule, work.code, work.title, work.severity, work.state,
         work.accepted_until AS "acceptedUntil"
       FROM finding_work work JOIN host ON host.id = work.host_id AND host.retired_at IS NULL
       WHERE work.state <> 'verified' ORDER BY work.rule, work.host_id`,
    );
  }

  /** Hosts with an acceptance that has run out at `now` (ISO). */
  async hostsWithExpired(now: string, limit: number): Promise<string[]> {
    const rows = await this.sql.many(
      z.object({ hostId: z.string() }),
      `SELECT DISTINCT host_id AS "hostId" FROM finding_work WHERE state = 'accepted' AND accepted_until <= $1 LIMIT $2`,
      [now, limit],
    );
    return rows.map(({ hostId }) => hostId);
  }
}
