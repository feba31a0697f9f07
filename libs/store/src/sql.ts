import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { inSlices } from './slices.js';

/**
 * The one way to PostgreSQL: text with $n parameters in, rows checked by a schema out.
 * SQL is never put together from values; there is no method that takes a column or a direction from outside.
 */
export class Sql {
  constructor(private readonly manager: EntityManager) {}

  /** All rows; one that does not fit the schema is a defect of ours and throws. Many rows are checked in slices. */
  async many<Row extends z.ZodType>(
    row: Row,
    text: string,
    parameters: readonly unknown[] = [],
  ): Promise<z.output<Row>[]> {
    return inSlices(await this.rows(text, parameters), (one) => row.parse(one));
  }

  async one<Row extends z.ZodType>(
    row: Row,
    text: string,
    parameters: readonly unknown[] = [],
  ): Promise<z.output<Row> | null> {
    const [first] = await this.many(row, text, parameters);
    return first ?? null;
  }

  /** For statements whose rows nobody reads. */
  async run(text: string, parameters: readonly unknown[] = []): Promise<void> {
    await this.manager.query(text, [...parameters]);
  }

  /** TypeORM answers UPDATE and DELETE with [rows, count], everything else with rows. */
  private async rows(text: string, parameters: readonly unknown[]): Promise<readonly unknown[]> {
    const answer: unknown = await this.manager.query(text, [...parameters]);
    const rows: unknown =
      Array.isArray(answer) && answer.length === 2 && Array.isArray(answer[0]) && typeof answer[1] === 'number'
        ? answer[0]
        : answer;
    return z.array(z.unknown()).parse(rows);
  }
}

/** Column types as the driver hands them over. */
export const column = {
  /** timestamptz as an ISO instant. */
  instant: z.date().transform((at) => at.toISOString()),
  /** bigint arrives as text. */
  bigint: z.string().transform(Number).pipe(z.int()),
  bytes: z.instanceof(Uint8Array),
  /** JSON that the statement turned to text: the driver decodes what has come in one piece, and rows are read in slices. */
  json: z.string().transform((text): unknown => JSON.parse(text)),
} as const;
