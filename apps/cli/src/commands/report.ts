import { writeFileSync } from 'node:fs';
import { IsoWeek, routes } from '@lunwarden/contract';
import { CliError, UsageError } from '../cli-error.js';
import { type Command, parsed } from '../command.js';
import { ApiSession, sessionDetails, sessionOptions } from '../session/api-session.js';

const options = {
  ...sessionOptions,
  week: { type: 'string' },
  format: { type: 'string', default: 'html' },
  out: { type: 'string' },
} as const;

export const report: Command = {
  usage: 'report render --week 2026-W47 [--format html|csv] [--out FILE]',
  summary: 'Write the report of a closed week to a file, or to standard output.',
  details: [
    '--week W    ISO 8601 week such as 2026-W47',
    '--format F  html (default) or csv',
    '--out FILE  default: standard output',
    ...sessionDetails,
  ],
  async run(args, { environment, out, say }) {
    const { values, positionals } = parsed({ args, options, strict: true, allowPositionals: true });
    if (positionals.join(' ') !== 'render') throw new UsageError('Say report render.');
    const week = IsoWeek.safeParse(values.week);
    if (!week.success) throw new UsageError('--week must be an ISO week such as 2026-W47.');
    const route = routeOf(values.format);
    const session = await ApiSession.open(environment, values);
    const { text } = await session
      .ask(route, { path: route.path.replace(':week', week.data) })
      .finally(() => session.close());
    if (values.out === undefined) out(text);
    else write(values.out, text);
    if (values.out !== undefined) say(`Wrote ${values.out}.`);
    return 0;
  },
};

function routeOf(format: string) {
  if (format === 'html') return routes.weeklyHtml;
  if (format === 'csv') return routes.weeklyCsv;
  throw new UsageError(`--format is ${format}, but must be html or csv.`);
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw new CliError('file_not_writable', `The file ${file} cannot be written: choose another --out.`, { cause });
  }
}
