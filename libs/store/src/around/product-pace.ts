import { z } from 'zod';
import type { Sql } from '../sql.js';

/** A judgement takes some ten milliseconds: in the long run one backup server gets a tenth of one processor. */
const costOfAll = `(SELECT count(*) FROM host WHERE retired_at IS NULL) * interval '100 milliseconds'`;
/** So much of that it may take at once: three judgements of a fleet of 10,000, and no limit that a small fleet would notice. */
const atOnce = `interval '1 hour'`;

/** What this backup server says from this transaction on concerns every host: all are judged again when it is its turn. */
export async function concernsAll(sql: Sql, hostId: string): Promise<void> {
  await sql.run(
    `INSERT INTO product_pace (host_id, spent_until, waits) VALUES ($1, '-infinity', true)
     ON CONFLICT (host_id) DO UPDATE SET waits = true`,
    [hostId],
  );
}

/**
 * Whose turn it is now. A server that says something else again and again waits, for no longer than all hosts cost; then they
 * are judged once for all that it said meanwhile.
 * @param at ISO instant @returns whether it is the turn of any server: every host is to be judged again
 */
export async function haveWaited(sql: Sql, at: string): Promise<boolean> {
  const waited = await sql.many(
    z.object({ host_id: z.string() }),
    // What was spent later than that was spent by a clock that was ahead, and counts for nothing. A server that says something
    // just now has its turn in the next sweep: a sweep waits for none of them, in whatever order a batch takes them.
    `WITH ready AS MATERIALIZED (
       SELECT host_id FROM product_pace
       WHERE waits AND spent_until NOT BETWEEN $1::timestamptz + ${atOnce} AND $1 + ${atOnce} + ${costOfAll}
       FOR UPDATE SKIP LOCKED)
     UPDATE product_pace pace SET waits = false,
       spent_until = CASE WHEN spent_until BETWEEN $1 AND $1 + ${atOnce} THEN spent_until ELSE $1 END + ${costOfAll}
     FROM ready WHERE pace.host_id = ready.host_id RETURNING pace.host_id`,
    [at],
  );
  return waited.length > 0;
}
