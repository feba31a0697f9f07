import { z } from 'zod';
import type { Sql } from '../sql.js';
import { inTurn } from './in-turn.js';

export type OwedJudgement = { hostId: string; ticket: string };
export type OwnTicket = { ticket: string | null; hostIds: readonly string[] };

/** Hosts that somebody must judge again. Asking is part of the transaction that gives the reason, so that none is lost. */
export class OwedRepository {
  private hasAsked = false;

  constructor(private readonly sql: Sql) {}

  /**
   * Judge these hosts again; null = every host. A new ticket, also where one is owed: what is under way may be too old.
   * Once in a transaction, for all that it concerns: rows are taken in the order of the hosts, so that nobody who asks and
   * holds one of them waits for another that comes before it.
   * @param own UUID by which whoever asks can pay for these, which are asked for too; of all others nobody knows it
   * @throws Error if this transaction has asked before
   */
  async ask(hostIds: readonly string[] | null, own: OwnTicket = { ticket: null, hostIds: [] }): Promise<void> {
    if (hostIds?.length === 0 && own.hostIds.length === 0) return;
    if (this.hasAsked)
      throw new Error('a transaction asks for judgements once: collect the hosts, and ask for all of them');
    this.hasAsked = true;
    await this.sql.run(
      `INSERT INTO judgement_owed (host_id, once_observed_at, ticket)
       SELECT id, '-infinity', CASE WHEN id = ANY($3::uuid[]) THEN $2::uuid ELSE gen_random_uuid() END FROM host
       WHERE retired_at IS NULL AND ($1::uuid[] IS NULL OR id = ANY($1::uuid[]) OR id = ANY($3::uuid[])) ORDER BY id
       ON CONFLICT (host_id, once_observed_at) DO UPDATE SET ticket = excluded.ticket`,
      [hostIds, own.ticket, own.hostIds],
    );
  }

  /** Judge each of these again as soon as a report is from this instant (ISO) or later, be it one that says nothing new. */
  async await(hosts: readonly { hostId: string; observedFrom: string }[]): Promise<void> {
    if (hosts.length === 0) return;
    await this.sql.run(
      `INSERT INTO judgement_owed (host_id, once_observed_at, ticket)
       SELECT input.*, gen_random_uuid() FROM unnest($1::uuid[], $2::timestamptz[]) AS input ON CONFLICT DO NOTHING`,
      [hosts.map(({ hostId }) => hostId), hosts.map(({ observedFrom }) => observedFrom)],
    );
  }

  /** @param after the last one of the time before, see `lastOf` */
  async due(limit: number, after: string | null = null): Promise<OwedJudgement[]> {
    const rows = await this.sql.many(
      z.object({ host_id: z.string(), ticket: z.string() }),
      `SELECT owed.host_id, owed.ticket FROM judgement_owed owed LEFT JOIN host_seen seen USING (host_id)
       WHERE owed.once_observed_at = '-infinity' OR owed.once_observed_at <= seen.observed_at
       ORDER BY ${inTurn('owed.host_id', '$2')} LIMIT $1`,
      [limit, after],
    );
    return rows.map(({ host_id, ticket }) => ({ hostId: host_id, ticket }));
  }

  /** Those that were asked for again meanwhile have another ticket, and stay. */
  async paid(owed: readonly OwedJudgement[]): Promise<void> {
    if (owed.length === 0) return;
    await this.sql.run(
      // What somebody is asking for just now gets another ticket, or stays owed once too often: nobody waits for that.
      `DELETE FROM judgement_owed USING (
         SELECT held.host_id, held.once_observed_at
         FROM judgement_owed held JOIN unnest($1::uuid[], $2::uuid[]) AS paid(host_id, ticket) USING (host_id, ticket)
         ORDER BY held.host_id FOR UPDATE OF held SKIP LOCKED) paid
       WHERE judgement_owed.host_id = paid.host_id AND judgement_owed.once_observed_at = paid.once_observed_at`,
      [owed.map(({ hostId }) => hostId), owed.map(({ ticket }) => ticket)],
    );
  }
}
