import { LevelSchema, type TrendPoint } from '@lunwarden/contract';
import { z } from 'zod';
import type { Sql } from '../sql.js';

export type VmsAtRisk = { count: number; isComplete: boolean };

/** Hosts as such, and the few figures that belong to the fleet as a whole. */
export class FleetRepository {
  constructor(private readonly sql: Sql) {}

  async hosts(hostIds: readonly string[]): Promise<Map<string, { hostname: string; platform: 'windows' | 'linux' }>> {
    const rows = await this.sql.many(
      z.object({ id: z.string(), hostname: z.string(), platform: z.enum(['windows', 'linux']) }),
      `SELECT id, hostname, platform FROM host WHERE retired_at IS NULL AND id = ANY($1::uuid[])`,
      [hostIds],
    );
    return new Map(rows.map(({ id, ...host }) => [id, host]));
  }

  /** Every host that counts, in pages: pass the last id of the page before. */
  async hostIds(after: string | null, limit: number): Promise<string[]> {
    const rows = await this.sql.many(
      z.object({ id: z.string() }),
      `SELECT id FROM host WHERE retired_at IS NULL AND ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT $2`,
      [after, limit],
    );
    return rows.map((row) => row.id);
  }

  async vmsAtRisk(): Promise<VmsAtRisk> {
    const row = await this.sql.one(
      z.object({ vms_at_risk: z.int(), is_complete: z.boolean() }),
      `SELECT vms_at_risk, is_complete FROM fleet_blast WHERE id = 1`,
    );
    return { count: row?.vms_at_risk ?? 0, isComplete: row?.is_complete ?? false };
  }

  /** True if the figure is new; then it is also locked until the end of the transaction. */
  async saveVmsAtRisk({ count, isComplete }: VmsAtRisk): Promise<boolean> {
    const row = await this.sql.one(
      z.object({ id: z.int() }),
      `UPDATE fleet_blast SET vms_at_risk = $1, is_complete = $2 WHERE id = 1 AND (vms_at_risk, is_complete) IS DISTINCT FROM ($1, $2) RETURNING id`,
      [count, isComplete],
    );
    return row !== null;
  }

  /** A point a day from `since` on (ISO date). */
  async trend(since: string): Promise<TrendPoint[]> {
    const rows = await this.sql.many(
      z.object({ date: z.string(), levels: z.record(LevelSchema, z.int()), vms_at_risk: z.int() }),
      `SELECT to_char(day, 'YYYY-MM-DD') AS date, levels, vms_at_risk FROM fleet_day WHERE day >= $1 ORDER BY day`,
      [since],
    );
    return rows.map(({ vms_at_risk, ...point }) => ({ ...point, vmsAtRisk: vms_at_risk }));
  }
}
