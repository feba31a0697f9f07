import { z } from 'zod';
import { Cve, complaint, Day, type FeedEntry, type FeedReader, wholeText } from './feed.js';
import type { FixedBuild, FixedBuildTable } from './fixed-build.js';
import { parseJson } from './parse-json.js';

const Build = z.string().regex(/^\d{1,10}(\.\d{1,10}){0,4}$/);

/**
 * What a table says of one vulnerability in one branch: mended as of a build, never there (`clean`), or never to be
 * mended (`hopeless`).
 */
export const FixedBuildRow = z
  .strictObject({
    cve: Cve,
    branch: z.string().regex(/^\d{1,2}(\.\d{1,2})?( U\d{1,2})?$/),
    state: z.enum(['fixed', 'clean', 'hopeless']),
    build: Build.nullable().default(null),
    patch: z
      .string()
      .regex(/^P\d{8}$/)
      .nullable()
      .default(null),
    hotfixOn: Build.nullable().default(null),
    cvss: z.number().min(0).max(10).nullable().default(null),
    exploited: z.enum(['none', 'listed', 'ransomware']).default('none'),
    needsDomain: z.boolean().default(false),
  })
  .refine(
    ({ state, build }) => (state === 'fixed') === (build !== null),
    'a build belongs to `fixed`, and to no other',
  );
export type FixedBuildRow = z.output<typeof FixedBuildRow>;

export type FixedBuildKind = 'veeam-builds' | 'esxi-builds';

const mostRows = 20_000;
const mostChars = 4_194_304;
const Table = z.strictObject({
  table: z.enum(['veeam-builds', 'esxi-builds']),
  /** The day on which somebody looked. */
  asOf: Day,
  source: z.string().max(300).optional(),
  rows: z.array(FixedBuildRow).min(1).max(mostRows),
});

/** A table of our own format, as `tableText` writes it. */
export function* readFixedBuilds(kind: FixedBuildKind): FeedReader<FixedBuildRow> {
  const text = yield* wholeText(mostChars);
  if (text === null) return { refused: 'The file is larger than any table of builds.' };
  const json = yield* parseJson(text);
  if ('refused' in json) return json;
  yield;
  const file = Table.safeParse(json.value);
  if (!file.success) return { refused: `This is no table of builds: ${complaint(file.error)}` };
  if (file.data.table !== kind) return { refused: `This is the table ${file.data.table}.` };
  const entries = file.data.rows.map(
    (row): FeedEntry<FixedBuildRow> => ({ key: `${row.cve}|${row.branch}`, body: row }),
  );
  if (new Set(entries.map(({ key }) => key)).size !== entries.length)
    return { refused: 'The table says two things of one vulnerability in one branch.' };
  return { feed: { asOf: new Date(file.data.asOf).toISOString(), entries, ignored: 0 } };
}

/** A table as a file: to be brought up to date by hand and imported. */
export function tableText(kind: FixedBuildKind, { asOf, source, fixes, clean, hopeless }: FixedBuildTable): string {
  const rows = [
    ...fixes.map((fix) => ({ ...fix, state: 'fixed' })),
    ...clean.map((row) => ({ ...row, state: 'clean' })),
    ...hopeless.map((row) => ({ ...row, state: 'hopeless' })),
  ];
  const lines = rows.map((row) => `    ${JSON.stringify(row)}`).join(',\n');
  const head = JSON.stringify({ table: kind, asOf: asOf.slice(0, 10), source }, null, 2).slice(0, -2);
  return `${head},\n  "rows": [\n${lines}\n  ]\n}\n`;
}

/** A table again, of the rows that were stored. */
export function tableOf(rows: readonly FixedBuildRow[], { asOf, source }: Pick<FixedBuildTable, 'asOf' | 'source'>) {
  const of = (state: FixedBuildRow['state']): FixedBuildRow[] => rows.filter((row) => row.state === state);
  const fixes = of('fixed').flatMap(({ state: _, build, ...row }): FixedBuild[] =>
    build === null ? [] : [{ ...row, build }],
  );
  return { asOf, source, fixes, clean: of('clean'), hopeless: of('hopeless') } satisfies FixedBuildTable;
}
