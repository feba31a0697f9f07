import { roles } from '@lunwarden/contract';
import { z } from 'zod';
import type { Sql } from '../sql.js';

const Id = z.object({ id: z.uuid() });
const StoredSession = z.strictObject({
  sessionId: z.uuid(),
  userId: z.uuid(),
  username: z.string(),
  role: z.enum(roles),
  usedAt: z.date(),
  endsAt: z.date(),
});
/** A session as stored: `endsAt` is its absolute end; how long it may lie idle is for the caller to say. */
export type StoredSession = z.infer<typeof StoredSession>;

export type NewSession = { sessionId: string; userId: string; tokenHash: Uint8Array; at: Date; endsAt: Date };

/** Sessions of users. The cookie's secret is known here by its hash only. */
export class SessionRepository {
  constructor(private readonly sql: Sql) {}

  async add({ sessionId, userId, tokenHash, at, endsAt }: NewSession): Promise<void> {
    await this.sql.run(
      `INSERT INTO session (id, user_id, token_hash, created_at, used_at, ends_at) VALUES ($1, $2, $3, $4, $4, $5)`,
      [sessionId, userId, tokenHash, at, endsAt],
    );
  }

  find(tokenHash: Uint8Array): Promise<StoredSession | null> {
    return this.sql.one(
      StoredSession,
      `SELECT session.id AS "sessionId", user_id AS "userId", username, role, used_at AS "usedAt", ends_at AS "endsAt"
       FROM session JOIN user_account ON user_account.id = user_id WHERE token_hash = $1`,
      [tokenHash],
    );
  }

  /**
   * Those of these sessions that still exist. Counts as use: who watches a live page is there, though the page asks
   * for nothing; the absolute end holds for them too.
   */
  async alive(sessionIds: readonly string[], at: Date): Promise<Set<string>> {
    const rows = await this.sql.many(
      Id,
      `WITH used AS (
         UPDATE session SET used_at = $2::timestamptz
         WHERE id = ANY($1::uuid[]) AND ends_at > $2::timestamptz AND used_at < $2::timestamptz - interval '1 minute'
       )
       SELECT id FROM session WHERE id = ANY($1::uuid[]) AND ends_at > $2::timestamptz`,
      [sessionIds, at],
    );
    return new Set(rows.map((row) => row.id));
  }

  async touch(sessionId: string, at: Date): Promise<void> {
    await this.sql.run(`UPDATE session SET used_at = $2 WHERE id = $1 AND used_at < $2`, [sessionId, at]);
  }

  async remove(sessionId: string): Promise<void> {
    await this.sql.run(`DELETE FROM session WHERE id = $1`, [sessionId]);
  }

  async removeOfUser(userId: string): Promise<void> {
    await this.sql.run(`DELETE FROM session WHERE user_id = $1`, [userId]);
  }

  async removeEnded(at: Date): Promise<void> {
    await this.sql.run(`DELETE FROM session WHERE ends_at <= $1`, [at]);
  }
}
