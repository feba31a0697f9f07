import { Change } from '@lunwarden/contract';
import { z } from 'zod';
import { column, type Sql } from '../sql.js';

/** Channel on which every replica hears that the stream has grown; the payload is the last seq. */
export const changeChannel = 'lunwarden_changes';

/** A change that has no number yet. */
export type Unnumbered = Change extends infer C ? (C extends Change ? Omit<C, 'seq'> : never) : never;

export class ChangeRepository {
  constructor(private readonly sql: Sql) {}

  /**
   * Numbers, stores and announces changes. Must be the last thing that a transaction does: from here to its commit
   * nobody else gets a number, so that the stream has no hole and shows nothing before it is true.
   */
  async append(changes: readonly Unnumbered[]): Promise<void> {
    if (changes.length === 0) return;
    const row = await this.sql.one(
      z.object({ told: z.int() }),
      `WITH counter AS (
         UPDATE change_counter SET seq = seq + $1::int WHERE id = 1 RETURNING seq
       ), numbered AS (
         INSERT INTO change (seq, body)
         SELECT counter.seq - $1::int + n, body::jsonb || jsonb_build_object('seq', counter.seq - $1::int + n)
         FROM counter, unnest($2::text[]) WITH ORDINALITY AS input(body, n) RETURNING seq
       )
       SELECT (SELECT count(*) FROM numbered)::int AS told, pg_notify($3, counter.seq::text) FROM counter`,
      [changes.length, changes.map((change) => JSON.stringify(change)), changeChannel],
    );
    if (row?.told !== changes.length) throw new Error('the change counter is gone: restore the database');
  }

  /** The last number given. */
  async last(): Promise<number> {
    const row = await this.sql.one(z.object({ seq: column.bigint }), `SELECT seq FROM change_counter WHERE id = 1`);
    return row?.seq ?? 0;
  }

  /** Changes after `seq`, in order, at most `limit`. */
  async since(seq: number, limit: number): Promise<Change[]> {
    const rows = await this.sql.many(
      z.object({ body: Change }),
      `SELECT body FROM change WHERE seq > $1 ORDER BY seq LIMIT $2`,
      [seq, limit],
    );
    return rows.map((row) => row.body);
  }

  /** Forgets what nobody can ask for any more; whoever is older than that starts with a snapshot. */
  async forgetBefore(at: string): Promise<void> {
    await this.sql.run(`DELETE FROM change WHERE body->>'at' < $1`, [at]);
  }
}
