import { z } from 'zod';
import { column, type Sql } from '../sql.js';

const Row = z.strictObject({
  path: z.string(),
  before: z.number(),
  after: z.number().nullable(),
  reason: z.string(),
  by: z.string(),
  at: column.instant,
});
/** A constant that somebody set; `after` null = put back. */
export type PolicyChange = z.infer<typeof Row>;

const columns = `path, before, after, reason, changed_by AS "by", changed_at AS "at"`;

/** Constants that a site set. Rows are added, never changed. */
export class PolicyRepository {
  constructor(private readonly sql: Sql) {}

  /** The newest change of each constant, those that were put back among them. */
  standing(): Promise<PolicyChange[]> {
    return this.sql.many(Row, `SELECT DISTINCT ON (path) ${columns} FROM policy_change ORDER BY path, id DESC`);
  }

  /** The newest first. */
  newest(limit: number): Promise<PolicyChange[]> {
    return this.sql.many(Row, `SELECT ${columns} FROM policy_change ORDER BY id DESC LIMIT $1`, [limit]);
  }

  /** Until the transaction ends nobody else changes a constant: whether two fit together is judged of both. */
  async lock(): Promise<void> {
    await this.sql.run('LOCK TABLE policy_change IN SHARE ROW EXCLUSIVE MODE');
  }

  async add({ path, before, after, reason, by, at }: PolicyChange, userId: string): Promise<void> {
    await this.sql.run(
      `INSERT INTO policy_change (path, before, after, reason, changed_by_id, changed_by, changed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [path, before, after, reason, userId, by, at],
    );
  }
}
