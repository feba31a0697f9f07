import { type LunMap, MapLosses, VcenterGaps } from '@lunwarden/contract';
import { z } from 'zod';
import { column, type Sql } from '../sql.js';

/** One try to fetch the map of a vCenter, and what became of it. */
export type MapAttempt = {
  /** ISO instant of the claim. */
  startedAt: string;
  outcome: 'in-force' | 'incomplete' | 'needs-confirmation' | 'failed';
  durationMs: number;
  /** null = nothing arrived. */
  counts: LunMap['counts'] | null;
  gaps: LunMap['gaps'];
  /** What a person may confirm; null = nothing of that kind. */
  losses: MapLosses | null;
  errorCode: string | null;
  /** What an operator should read; null = all is well. */
  error: string | null;
};

/** When to try again: `inMs` from now, or never by itself (`null`). */
export type NextTry = { inMs: number | null; failures: number };

/** The same for LUNs, adapters and disks: `null` = as it was. */
export type NextDetails = { detailsInMs: number | null };

const Id = z.strictObject({ id: z.uuid() });
const Claim = z.strictObject({
  startedAt: column.instant,
  failures: z.int(),
  /** LUNs, adapters and disks are to be read too. */
  withDetails: z.boolean(),
});
const Held = z.strictObject({ confirmed: MapLosses.nullable() });
export type CollectionClaim = z.infer<typeof Claim>;

/** More than this nobody reads; the total says how many there were. */
const keptGaps = 5_000;
const keptAttempts = 50;

/** Who fetches which map, and when. Time is PostgreSQL's, so that replicas with different clocks agree. */
export class CollectionRepository {
  constructor(private readonly sql: Sql) {}

  /** vCenters whose next attempt is due and that nobody is at. */
  async due(): Promise<string[]> {
    const text = `SELECT vcenter_id AS id FROM vcenter_collection
      WHERE due_at <= now() AND (lease_until IS NULL OR lease_until <= now()) ORDER BY due_at`;
    return (await this.sql.many(Id, text)).map(({ id }) => id);
  }

  /** Asked for by hand: due now, whatever failed before; one that runs already is the answer. @returns false if there is no such vCenter. */
  async makeDue(vcenterId: string): Promise<boolean> {
    const text = `UPDATE vcenter_collection
      SET due_at = CASE WHEN lease_until > now() THEN due_at ELSE now() END, failures = 0, details_due_at = now()
      WHERE vcenter_id = $1 RETURNING vcenter_id AS id`;
    return (await this.sql.one(Id, text, [vcenterId])) !== null;
  }

  /**
   * A person says that the map which is held back rightly shows so few: one with as many may come into force within 24
   * hours. Needs a transaction.
   * @returns false if no map is held back for exactly these losses.
   */
  async confirm(vcenterId: string, losses: MapLosses): Promise<boolean> {
    // A statement of its own: the next one sees the attempt that a collection stored while it held the row.
    await this.sql.run('SELECT FROM vcenter_collection WHERE vcenter_id = $1 FOR UPDATE', [vcenterId]);
    return (await this.sql.one(Id, confirmText, [vcenterId, JSON.stringify(losses)])) !== null;
  }

  /** What was confirmed was meant for a map that is not awaited any more. */
  dropConfirmation(vcenterId: string): Promise<void> {
    const text = `UPDATE vcenter_collection SET confirmed = NULL, confirmed_until = NULL WHERE vcenter_id = $1`;
    return this.sql.run(text, [vcenterId]);
  }

  /** Takes the one lease of a vCenter. @returns null if it is not due or somebody else is at it. */
  claim(vcenterId: string, owner: string, leaseMs: number): Promise<CollectionClaim | null> {
    const text = `UPDATE vcenter_collection
      SET lease_owner = $2, lease_until = now() + $3 * interval '1 millisecond'
      WHERE vcenter_id = $1 AND due_at <= now() AND (lease_until IS NULL OR lease_until <= now())
      RETURNING date_trunc('milliseconds', now()) AS "startedAt", failures,
        details_due_at <= now() AS "withDetails"`;
    return this.sql.one(Claim, text, [vcenterId, owner, leaseMs]);
  }

  /** Prolongs a lease. @returns false if it was lost: what its owner brings must not be stored. */
  async renew(vcenterId: string, owner: string, leaseMs: number): Promise<boolean> {
    const text = `UPDATE vcenter_collection SET lease_until = now() + $3 * interval '1 millisecond'
      WHERE vcenter_id = $1 AND lease_owner = $2 AND lease_until > now() RETURNING vcenter_id AS id`;
    return (await this.sql.one(Id, text, [vcenterId, owner, leaseMs])) !== null;
  }

  /** Locks the lease until the transaction ends. @returns what was confirmed and still holds; null if the lease was lost. */
  hold(vcenterId: string, owner: string): Promise<z.infer<typeof Held> | null> {
    const text = `SELECT CASE WHEN confirmed_until > now() THEN confirmed END AS confirmed FROM vcenter_collection
      WHERE vcenter_id = $1 AND lease_owner = $2 AND lease_until > now() FOR UPDATE`;
    return this.sql.one(Held, text, [vcenterId, owner]);
  }

  /** Gives a lease back without a result; the attempt stays due. */
  release(vcenterId: string, owner: string): Promise<void> {
    return this.sql.run(
      `UPDATE vcenter_collection SET lease_owner = NULL, lease_until = NULL WHERE vcenter_id = $1 AND lease_owner = $2`,
      [vcenterId, owner],
    );
  }

  /** Stores what came of it and gives the lease back. */
  async finish(vcenterId: string, attempt: MapAttempt, next: NextTry & NextDetails): Promise<void> {
    await this.sql.run(attemptText, [
      vcenterId,
      attempt.startedAt,
      attempt.outcome,
      attempt.durationMs,
      JSON.stringify(attempt.counts),
      JSON.stringify(attempt.gaps.slice(0, keptGaps)),
      attempt.gaps.length,
      attempt.errorCode,
      attempt.error,
      attempt.losses === null ? null : JSON.stringify(attempt.losses),
    ]);
    await this.sql.run(
      `DELETE FROM map_attempt WHERE vcenter_id = $1 AND started_at < (
         SELECT min(started_at) FROM (
           SELECT started_at FROM map_attempt WHERE vcenter_id = $1 ORDER BY started_at DESC LIMIT $2) kept)`,
      [vcenterId, keptAttempts],
    );
    await this.sql.run(
      `UPDATE vcenter_collection SET lease_owner = NULL, lease_until = NULL, failures = $2,
         due_at = now() + $3::double precision * interval '1 millisecond',
         details_due_at = coalesce(now() + $4::double precision * interval '1 millisecond', details_due_at),
         confirmed = CASE WHEN $5 THEN NULL ELSE confirmed END,
         confirmed_until = CASE WHEN $5 THEN NULL ELSE confirmed_until END
       WHERE vcenter_id = $1`,
      [vcenterId, next.failures, next.inMs, next.detailsInMs, endsConfirmation.has(attempt.outcome)],
    );
  }

  /** What the last attempt could not read, and what the details in force lack; null = no such vCenter. */
  async gaps(vcenterId: string): Promise<VcenterGaps | null> {
    const text = `SELECT coalesce(last.gaps, '[]') || coalesce(map.detail_gaps, '[]') AS gaps,
        coalesce(last.gap_count, 0) + coalesce(jsonb_array_length(map.detail_gaps), 0) AS total
      FROM vcenter LEFT JOIN map_in_force map ON map.vcenter_id = vcenter.id LEFT JOIN LATERAL (
        SELECT gaps, gap_count FROM map_attempt WHERE vcenter_id = vcenter.id ORDER BY started_at DESC LIMIT 1) last ON true
      WHERE vcenter.id = $1`;
    return this.sql.one(VcenterGaps, text, [vcenterId]);
  }
}

/** A word stands for the losses that were shown: other ones, a map in force, or a day, are the end of it. */
const endsConfirmation: ReadonlySet<MapAttempt['outcome']> = new Set(['in-force', 'needs-confirmation']);

const confirmText = `
  UPDATE vcenter_collection SET confirmed = last.losses, confirmed_until = now() + interval '24 hours', due_at = now(), failures = 0
  FROM (SELECT losses FROM map_attempt WHERE vcenter_id = $1 ORDER BY started_at DESC LIMIT 1) last
  WHERE vcenter_collection.vcenter_id = $1 AND last.losses = $2::jsonb
  RETURNING vcenter_collection.vcenter_id AS id`;

const attemptText = `
  INSERT INTO map_attempt (vcenter_id, started_at, outcome, duration_ms, counts, gaps, gap_count, error_code, error,
    losses)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;
