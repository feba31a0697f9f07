import {
  FeedImport,
  type FeedProgress,
  FeedStatus,
  type ImportableFeed,
  importableFeeds,
  routes,
} from '@lunwarden/contract';
import { esxiBuilds, kindOf, tableText, veeamBuilds } from '@lunwarden/feeds';
import { CliError, UsageError } from '../cli-error.js';
import { type Command, parsed, type World } from '../command.js';
import { feedBytes, feedText } from '../feed-files.js';
import { ApiSession, sessionDetails, sessionOptions } from '../session/api-session.js';

const options = {
  ...sessionOptions,
  kind: { type: 'string' },
  product: { type: 'string' },
  'as-of': { type: 'string' },
} as const;

const parseAll = (args: string[]) => parsed({ args, options, strict: true, allowPositionals: true });
type Values = ReturnType<typeof parseAll>['values'];

export const feeds: Command = {
  usage: 'feeds list|import FILE|table KIND',
  summary: 'List what is known from outside with its age, or import a feed file.',
  details: [
    'feeds list',
    'feeds import FILE [--kind K] [--product P] [--as-of DAY]',
    'feeds table veeam-builds|esxi-builds      prints the table that came with the program, to be brought up to date',
    'kev             known_exploited_vulnerabilities.json of CISA',
    'epss            epss_scores-….csv of FIRST, plain or .gz',
    'kb-catalogue    the CVEs CSV of the wesng project, out of its zip',
    'end-of-support  a product page or list of releases of endoflife.date',
    'veeam-builds    fixed builds as `feeds table` prints them, with a newer day; esxi-builds likewise',
    '--kind K        default: told by the beginning of the file',
    '--product P     for a list of releases that does not name its product, e.g. windows-server',
    '--as-of DAY     of which day that list is; default: that of the newest release that it knows',
    'Files put into the folder `feeds` of LUNWARDEN_HOME are imported by themselves.',
    ...sessionDetails,
  ],
  async run(args, world) {
    const { values, positionals } = parseAll(args);
    const [verb, file, ...rest] = positionals;
    if (verb === 'table' && file !== undefined && rest.length === 0) return table(file, world);
    const isComplete = (verb === 'list' && file === undefined) || (verb === 'import' && file !== undefined);
    if (!isComplete || rest.length > 0) throw new UsageError('Say feeds list, feeds import FILE, or feeds table KIND.');
    const upload = file === undefined ? null : uploadOf(file, values);
    const session = await ApiSession.open(world.environment, values);
    try {
      if (upload === null) return await list(session, world);
      return tell(await withProgress(session, world, upload), world);
    } finally {
      await session.close();
    }
  },
};

function table(kind: string, { out }: World): number {
  if (kind !== 'veeam-builds' && kind !== 'esxi-builds')
    throw new UsageError('The tables are veeam-builds and esxi-builds.');
  out(tableText(kind, kind === 'veeam-builds' ? veeamBuilds : esxiBuilds).trimEnd());
  return 0;
}

const tellEveryMs = 1_000;

/** Says once a second how far the server has come, while it imports. */
async function withProgress(
  session: ApiSession,
  { say }: World,
  upload: { path: string; file: Uint8Array },
): Promise<FeedImport> {
  let isDone = false;
  const imported = session.ask(routes.importFeed, upload).finally(() => {
    isDone = true;
  });
  const telling = setInterval(async () => {
    // Only a word on the way: what became of the import is told by the import itself.
    const answer = await session.ask(routes.listFeeds).catch(() => null);
    const all = FeedStatus.array().safeParse(answer?.body);
    const importing = all.data?.find((feed) => feed.importing !== null)?.importing ?? null;
    if (!isDone && importing !== null) say(progressLine(importing));
  }, tellEveryMs);
  try {
    return FeedImport.parse((await imported).body);
  } finally {
    clearInterval(telling);
  }
}

const progressLine = ({ phase, bytes, totalBytes, entries }: FeedProgress): string =>
  phase === 'writing' ? `${entries} entries written` : `${bytes} of ${totalBytes ?? 'unknown'} bytes read`;

/** Read before anybody signs in, so that a wrong file costs no password. */
function uploadOf(file: string, values: Values): { path: string; file: Uint8Array } {
  const bytes = feedBytes(file);
  const kind = values.kind === undefined ? kindOf(feedText(bytes)) : givenKind(values.kind);
  if (kind === null) throw new CliError('feed_unknown', `${file} is no feed that we know: say which with --kind.`);
  const query = routes.importFeed.query.safeParse({ product: values.product, asOf: values['as-of'] });
  if (!query.success) throw new UsageError('--product is lower case, and --as-of a day such as 2026-08-22.');
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query.data)) if (value !== undefined) params.set(name, value);
  return { path: `${routes.importFeed.path.replace(':kind', kind)}?${params}`, file: bytes };
}

function givenKind(text: string): ImportableFeed {
  const kind = importableFeeds.find((known) => known === text);
  if (kind === undefined) throw new UsageError(`--kind is ${text}, but must be ${importableFeeds.join(', ')}.`);
  return kind;
}

async function list(session: ApiSession, { out, say }: World): Promise<number> {
  const all = FeedStatus.array().parse((await session.ask(routes.listFeeds)).body);
  for (const { kind, state, origin, asOf, entries, nextStep } of all) {
    out(
      [kind, state, asOf === null ? 'never imported' : `of ${asOf.slice(0, 10)}`, origin, `${entries} entries`].join(
        '\t',
      ),
    );
    if (nextStep !== null) say(`${kind}: ${nextStep}`);
  }
  return 0;
}

/** @returns 1 where the file was not kept, so that a script notices */
function tell(
  { kind, result, asOf, entries, ignored, changedEntries, affectedHosts }: FeedImport,
  { out }: World,
): number {
  const figures = [
    `${entries} entries`,
    `${changedEntries} changed`,
    `${ignored} ignored`,
    `${affectedHosts} hosts judged again`,
  ];
  out([kind, result, `of ${asOf.slice(0, 10)}`, ...figures].join('\t'));
  return result === 'older' ? 1 : 0;
}
