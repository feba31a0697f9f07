import { z } from 'zod';
import type { Sql } from '../sql.js';

/** Somebody who tries again and again is news once an hour. */
const newsAfter = '1 hour';

/** Reports in the name of a host that were refused: one row a host and reason. */
export class RefusalRepository {
  constructor(private readonly sql: Sql) {}

  /** @returns whether it is news: the same was not noted within the last hour */
  async note(refusal: { hostId: string; reason: string; at: string }): Promise<boolean> {
    const row = await this.sql.one(
      z.object({ host_id: z.string() }),
      `INSERT INTO report_refusal AS known (host_id, reason, at) SELECT id, $2, $3 FROM host WHERE id = $1 AND retired_at IS NULL
       ON CONFLICT (host_id, reason) DO UPDATE SET at = excluded.at WHERE known.at < excluded.at - $4::interval
       RETURNING host_id`,
      [refusal.hostId, refusal.reason, refusal.at, newsAfter],
    );
    return row !== null;
  }
}
