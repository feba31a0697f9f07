import { z } from 'zod';
import { inSlices } from '../slices.js';
import type { Sql } from '../sql.js';

/** A table of a map: its columns with their types, without vcenter_id. All names are constants of this library. */
export type MapTable = {
  name: string;
  key: Readonly<Record<string, string>>;
  rest: Readonly<Record<string, string>>;
  /** Rows that stay although the map no longer has them; `gone` is the row. */
  keep?: string;
};

const Rows = z.strictObject({ rows: z.int() });

/** A statement that makes the rows of a table equal to those given; a row that is equal already is not touched. */
export function diffOf({ name, key, rest, keep }: MapTable): string {
  const keys = Object.keys(key);
  const others = Object.keys(rest);
  const all = [...keys, ...others];
  const columns = (of: string, names: readonly string[]) => names.map((column) => `${of}.${column}`).join(', ');
  const types = Object.entries({ ...key, ...rest }).map(([column, type]) => `${column} ${type}`);
  const overwrite =
    others.length === 0 ? 'NOTHING' : `UPDATE SET ${others.map((one) => `${one} = excluded.${one}`).join(', ')}`;
  const differs =
    others.length === 0 ? '' : ` OR (${columns('old', others)}) IS DISTINCT FROM (${columns('new', others)})`;
  return `
  WITH new AS MATERIALIZED (
    SELECT DISTINCT ON (${keys.join(', ')}) * FROM json_to_recordset($2::json) AS t (${types.join(', ')})
  ), old AS (
    SELECT * FROM ${name} WHERE vcenter_id = $1
  ), removed AS (
    DELETE FROM ${name} gone
    WHERE vcenter_id = $1 ${keep === undefined ? '' : `AND NOT (${keep})`}
      AND NOT EXISTS (SELECT FROM new WHERE (${columns('new', keys)}) = (${columns('gone', keys)}))
    RETURNING 1
  ), written AS (
    INSERT INTO ${name} (vcenter_id, ${all.join(', ')})
    SELECT $1, ${columns('new', all)} FROM new LEFT JOIN old USING (${keys.join(', ')})
    WHERE old.vcenter_id IS NULL${differs}
    ON CONFLICT (vcenter_id, ${keys.join(', ')}) DO ${overwrite}
    RETURNING 1
  )
  SELECT ((SELECT count(*) FROM removed) + (SELECT count(*) FROM written))::int AS rows`;
}

/** @returns rows written. */
export async function writeRows(sql: Sql, text: string, vcenterId: string, rows: readonly unknown[]): Promise<number> {
  return (await sql.one(Rows, text, [vcenterId, await jsonOf(rows)]))?.rows ?? 0;
}

/** Rows as one text of JSON, made in slices: arrays of 50,000 rows are written by the driver in one turn. */
export const jsonOf = async (rows: readonly unknown[]): Promise<string> =>
  `[${(await inSlices(rows, (row) => JSON.stringify(row))).join(',')}]`;
