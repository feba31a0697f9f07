import { z } from 'zod';
import { column, type Sql } from '../sql.js';

const Row = z.strictObject({
  id: z.uuid(),
  hostId: z.uuid(),
  windowId: z.uuid(),
  reason: z.string(),
  requestedById: z.uuid(),
  requestedBy: z.string(),
  requestedAt: column.instant,
  approvedBy: z.string().nullable(),
  approvedAt: column.instant.nullable(),
  revokedBy: z.string().nullable(),
  revokedAt: column.instant.nullable(),
  expiresAt: column.instant,
});
export type StoredOverride = z.infer<typeof Row>;

const Listed = Row.extend({ hostname: z.string(), windowName: z.string(), total: column.bigint });
/** An override with the names that people know its host and window by. */
export type ListedOverride = StoredOverride & { hostname: string; windowName: string };

const columns = `id, host_id AS "hostId", window_id AS "windowId", reason, requested_by_id AS "requestedById",
  requested_by AS "requestedBy", requested_at AS "requestedAt", approved_by AS "approvedBy",
  approved_at AS "approvedAt", revoked_by AS "revokedBy", revoked_at AS "revokedAt", expires_at AS "expiresAt"`;

type Standing = 'approvedBy' | 'approvedAt' | 'revokedBy' | 'revokedAt';
type Person = { userId: string; username: string };

/** Who took a risk against the gate. Rows are added, approved and revoked, never removed. */
export class OverrideRepository {
  constructor(private readonly sql: Sql) {}

  async add(override: Omit<StoredOverride, Standing>): Promise<void> {
    await this.sql.run(
      `INSERT INTO gate_override (id, host_id, window_id, reason, requested_by_id, requested_by, requested_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        override.id,
        override.hostId,
        override.windowId,
        override.reason,
        override.requestedById,
        override.requestedBy,
        override.requestedAt,
        override.expiresAt,
      ],
    );
  }

  /** Locks it until the end of the transaction, so that one of two approvals comes first. */
  lock(id: string): Promise<StoredOverride | null> {
    return this.sql.one(Row, `SELECT ${columns} FROM gate_override WHERE id = $1 FOR UPDATE`, [id]);
  }

  async approve(id: string, by: Person, at: string): Promise<void> {
    await this.sql.run(
      `UPDATE gate_override SET approved_by_id = $2, approved_by = $3, approved_at = $4 WHERE id = $1`,
      [id, by.userId, by.username, at],
    );
  }

  async revoke(id: string, by: Person, at: string): Promise<void> {
    await this.sql.run(`UPDATE gate_override SET revoked_by_id = $2, revoked_by = $3, revoked_at = $4 WHERE id = $1`, [
      id,
      by.userId,
      by.username,
      at,
    ]);
  }

  /** Of the whole fleet, the newest first, and how many there are; those of retired hosts and removed windows among them. */
  async newest(limit: number): Promise<{ overrides: ListedOverride[]; total: number }> {
    const rows = await this.sql.many(
      Listed,
      `SELECT override.*, host.hostname, change_window.name AS "windowName"
       FROM (SELECT ${columns}, count(*) OVER () AS total FROM gate_override ORDER BY requested_at DESC, id LIMIT $1) override
       JOIN host ON host.id = override."hostId" JOIN change_window ON change_window.id = override."windowId"
       ORDER BY override."requestedAt" DESC, override.id`,
      [limit],
    );
    return { overrides: rows.map(({ total: _, ...override }) => override), total: rows[0]?.total ?? 0 };
  }

  /** Of these hosts in one window, the newest first. */
  of(windowId: string, hostIds: readonly string[]): Promise<StoredOverride[]> {
    return this.sql.many(
      Row,
      `SELECT ${columns} FROM gate_override WHERE window_id = $1 AND host_id = ANY($2::uuid[]) ORDER BY requested_at DESC, id`,
      [windowId, hostIds],
    );
  }
}
