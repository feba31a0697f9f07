import { z } from 'zod';
import type { Sql } from '../sql.js';

/** By what verdicts are made now: code, and the last change that the site made to its policy. NULL = nobody judges yet. */
const judge = `(SELECT version || ' ' || coalesce((SELECT max(id) FROM policy_change), 0) FROM judging_model)`;

/** SQL: this verdict was made by other code or another policy than judge now. */
export const isOutdated = `(assessment.judged_by <> ${judge}) IS TRUE`;

/** Which code judges. Every verdict says by what it was made, and those of others are due. */
export class ModelRepository {
  constructor(private readonly sql: Sql) {}

  /** From now on verdicts of other code are due. */
  async takeOver(version: string): Promise<void> {
    await this.sql.run(
      `INSERT INTO judging_model (id, version) VALUES (1, $1)
       ON CONFLICT (id) DO UPDATE SET version = excluded.version WHERE judging_model.version <> excluded.version`,
      [version],
    );
  }

  /** What verdicts are stamped with that this code makes. Ask before the policy: one that comes between makes them due. */
  async stamp(version: string): Promise<string> {
    const row = await this.sql.one(
      z.object({ stamp: z.string() }),
      `SELECT $1::text || ' ' || coalesce(max(id), 0) AS stamp FROM policy_change`,
      [version],
    );
    return row?.stamp ?? version;
  }
}
