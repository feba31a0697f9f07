import type { ChangeWindow } from '@lunwarden/contract';
import { z } from 'zod';
import { column, type Sql } from '../sql.js';

const Row = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  startsAt: column.instant,
  endsAt: column.instant,
  timeZone: z.string(),
  hostIds: z.array(z.string()).nullable(),
  createdBy: z.string(),
  createdAt: column.instant,
});
const columns = `id, name, starts_at AS "startsAt", ends_at AS "endsAt", time_zone AS "timeZone",
  host_ids::text[] AS "hostIds", created_by AS "createdBy", created_at AS "createdAt"`;
const listed = 500;

/** Change windows; a removed one is kept for its overrides and shown to nobody. */
export class WindowRepository {
  constructor(private readonly sql: Sql) {}

  /** The latest first. */
  list(): Promise<ChangeWindow[]> {
    const text = `SELECT ${columns} FROM change_window WHERE removed_at IS NULL ORDER BY starts_at DESC, id LIMIT $1`;
    return this.sql.many(Row, text, [listed]);
  }

  get(id: string): Promise<ChangeWindow | null> {
    return this.sql.one(Row, `SELECT ${columns} FROM change_window WHERE id = $1 AND removed_at IS NULL`, [id]);
  }

  async add({ id, name, startsAt, endsAt, timeZone, hostIds, createdBy, createdAt }: ChangeWindow): Promise<void> {
    await this.sql.run(
      `INSERT INTO change_window (id, name, starts_at, ends_at, time_zone, host_ids, created_by, created_at)
       VALUES ($1, $2, $3, $4, $5, $6::uuid[], $7, $8)`,
      [id, name, startsAt, endsAt, timeZone, hostIds, createdBy, createdAt],
    );
  }

  /** @returns false if there is no such window. */
  async remove(id: string, at: string): Promise<boolean> {
    const text = `UPDATE change_window SET removed_at = $2 WHERE id = $1 AND removed_at IS NULL RETURNING id`;
    return (await this.sql.one(z.object({ id: z.string() }), text, [id, at])) !== null;
  }
}
