import { z } from 'zod';
import { column, type Sql } from '../sql.js';

const Row = z.strictObject({
  hostId: z.uuid(),
  requestedAt: column.instant,
  requestedBy: z.string(),
  answeredAt: column.instant.nullable(),
  observedAt: column.instant.nullable(),
});
/** The newest request for fresh facts of a host, and when the facts of the report that carried its nonce were true. */
export type StoredPreflight = z.infer<typeof Row>;

const columns = `host_id AS "hostId", requested_at AS "requestedAt", requested_by AS "requestedBy",
  answered_at AS "answeredAt", observed_at AS "observedAt"`;

export class PreflightRepository {
  constructor(private readonly sql: Sql) {}

  async add(request: { id: string; hostId: string; nonce: string; at: string; by: string }): Promise<void> {
    await this.sql.run(
      `INSERT INTO preflight (id, host_id, nonce, requested_at, requested_by) VALUES ($1, $2, $3, $4, $5)`,
      [request.id, request.hostId, request.nonce, request.at, request.by],
    );
  }

  /** The newest of each host; an older one counts no more, answered or not. */
  async newest(hostIds: readonly string[]): Promise<Map<string, StoredPreflight>> {
    const text = `SELECT DISTINCT ON (host_id) ${columns} FROM preflight WHERE host_id = ANY($1::uuid[])
      ORDER BY host_id, requested_at DESC, id DESC`;
    const rows = await this.sql.many(Row, text, [hostIds]);
    return new Map(rows.map((row) => [row.hostId, row]));
  }

  /** Nonces that hosts have not sent back, of requests since `since` (ISO), by host; the newest of each. */
  async waiting(since: string): Promise<Map<string, string>> {
    const rows = await this.sql.many(
      z.strictObject({ hostId: z.string(), nonce: z.string() }),
      `SELECT DISTINCT ON (host_id) host_id AS "hostId", nonce FROM preflight
       WHERE answered_at IS NULL AND requested_at > $1 ORDER BY host_id, requested_at DESC, id DESC`,
      [since],
    );
    return new Map(rows.map(({ hostId, nonce }) => [hostId, nonce]));
  }

  /** A report of this host carried the nonce; facts from before the request answer nothing. @returns whether it answered */
  async answer(answer: { hostId: string; nonce: string; answeredAt: string; observedAt: string }): Promise<boolean> {
    const row = await this.sql.one(
      z.object({ id: z.string() }),
      `UPDATE preflight SET answered_at = $3, observed_at = $4
       WHERE host_id = $1 AND nonce = $2 AND answered_at IS NULL AND requested_at <= $4 RETURNING id`,
      [answer.hostId, answer.nonce, answer.answeredAt, answer.observedAt],
    );
    return row !== null;
  }
}
