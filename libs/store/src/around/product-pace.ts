import { z } from 'zod';
import type { Sql } from '../sql.js';

/** A judgement takes some ten milliseconds: in the long run one backup server gets a tenth of one processor. */
const costOfOne = `interval '100 milliseconds'`;
/** So much of that it may take at once: three judgements of a fleet of 10,000, and no limit that a small fleet would notice. */
const atOnce = `interval '1 hour'`;
const costOfAll = `(SELECT count(*) FROM host WHERE retired_at IS NULL) * ${costOfOne}`;

const Id = z.object({ host_id: z.string() });
type Asking = { hostId: string; at: string; concerned: string[] | null };

/**
 * For whom a backup server may ask now. One that says something else again and again waits; as soon as it may ask again, all
 * hosts are judged once for all that it said meanwhile. What was judged before is no older than that wait.
 * @param concerned null = every host @param at ISO instant
 */
export async function atItsPace(sql: Sql, { hostId, at, concerned }: Asking): Promise<string[] | null> {
  if (concerned?.length === 0) return [];
  const isFree = await sql.one(
    Id,
    `INSERT INTO product_pace AS pace (host_id, spent_until, waits)
     VALUES ($1, $2::timestamptz + coalesce($3::int * ${costOfOne}, ${costOfAll}), false)
     ON CONFLICT (host_id) DO UPDATE SET waits = pace.waits AND $3::int IS NOT NULL,
       spent_until = greatest(pace.spent_until, $2) + (excluded.spent_until - $2::timestamptz)
     WHERE pace.spent_until <= $2::timestamptz + ${atOnce} RETURNING host_id`,
    [hostId, at, concerned?.length ?? null],
  );
  if (isFree !== null) return concerned;
  await sql.run(`UPDATE product_pace SET waits = true WHERE host_id = $1 AND NOT waits`, [hostId]);
  return [];
}

/** @returns whether a server has waited for long enough: every host is to be judged again, for all of them at once */
export async function haveWaited(sql: Sql, at: string): Promise<boolean> {
  const waited = await sql.many(
    Id,
    `UPDATE product_pace SET waits = false, spent_until = greatest(spent_until, $1) + ${costOfAll}
     WHERE waits AND spent_until <= $1::timestamptz + ${atOnce} RETURNING host_id`,
    [at],
  );
  return waited.length > 0;
}
