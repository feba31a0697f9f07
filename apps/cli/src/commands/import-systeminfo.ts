import { join } from 'node:path';
import {
  ageProblem,
  type Bulletin,
  bulletinKey,
  cvesOfMissing,
  type FeedEntry,
  type FeedReader,
  type MissingBulletins,
  ProductIndex,
  parseSysteminfo,
  readKbCatalogue,
  readKev,
  readText,
  type Systeminfo,
  ttlDays,
  windowsProduct,
} from '@lunwarden/feeds';
import { CliError, UsageError } from '../cli-error.js';
import { parsed, type World } from '../command.js';
import { feedBytes, feedInFolder, feedText } from '../feed-files.js';

const options = { catalogue: { type: 'string' }, kev: { type: 'string' } } as const;

export const systeminfoDetails = [
  'import systeminfo FILE [--catalogue CSV] [--kev JSON]',
  'FILE              output of systeminfo in any language and encoding; nothing is stored, missing updates are printed',
  '--catalogue CSV   the CVEs CSV of the wesng project; default: the newest in the folder `feeds` of LUNWARDEN_HOME',
  '--kev JSON        the KEV catalogue of CISA; default: likewise',
] as const;

/** Tries a host that has no collector: what does it lack, and which of that is exploited. @returns the exit code */
export async function importSysteminfo(args: string[], world: World, now = new Date()): Promise<number> {
  const { values, positionals } = parsed({ args, options, strict: true, allowPositionals: true });
  const [file, ...rest] = positionals;
  if (file === undefined || rest.length > 0) throw new UsageError('Say import systeminfo FILE.');
  const read = parseSysteminfo(feedBytes(file));
  if ('refused' in read) throw new CliError('systeminfo_unreadable', read.refused);
  const { host } = read;
  const { out } = world;
  const folder = join(world.environment.home, 'feeds');
  out([host.hostname, host.caption, host.version, `booted ${host.bootedAt?.text ?? 'unknown'}`].join('\t'));
  const catalogue = opened(values.catalogue ?? feedInFolder(folder, 'kb-catalogue'), readKbCatalogue());
  const kev = opened(values.kev ?? feedInFolder(folder, 'kev'), readKev());
  if (catalogue === null)
    throw new CliError('catalogue_missing', 'There is no catalogue of updates: name one with --catalogue.');
  const missing = missingOf(host, [...catalogue.entries]);
  const listed = new Map([...(kev?.entries ?? [])].map(({ key, body }) => [key, body]));
  const exploited = (cves: readonly string[]) => cves.filter((cve) => listed.has(cve));
  for (const { kb, severity, cves } of missing.missing)
    out([kb, severity, `${cves.length} CVEs`, ...exploited(cves).map((cve) => `exploited ${cve}`)].join('\t'));
  for (const line of doubts(missing)) world.say(line);
  for (const line of ages({ catalogue, kev }, now.toISOString())) world.say(line);
  const cves = cvesOfMissing(missing);
  out(
    `${missing.missing.length} updates missing, ${cves.length} CVEs, ${kev === null ? 'unknown how many' : exploited(cves).length} known to be exploited`,
  );
  return 0;
}

function missingOf(host: Systeminfo, entries: readonly FeedEntry<Bulletin>[]): MissingBulletins {
  if ('unknown' in host.installedUpdates)
    throw new CliError('updates_unknown', `The list of updates is not whole: ${host.installedUpdates.detail ?? ''}.`);
  const product = windowsProduct({ ...host, architecture: host.architecture ?? 'x64' });
  const own = product === null ? [] : entries.filter(({ key }) => key.startsWith(bulletinKey(product, '')));
  if (own.length === 0)
    throw new CliError(
      'product_unknown',
      `The catalogue says nothing of ${product ?? `build ${host.version}`}: nothing is known of what it lacks.`,
    );
  return new ProductIndex(own.map(({ key, body }) => [key, body])).missingOf(host.installedUpdates.value);
}

/** Where the answer is not sure, and why. */
function doubts({ missing, holes, unplaced, withoutKb }: MissingBulletins): string[] {
  if (missing.length === 0 && withoutKb.length === 0) return [];
  const chains = [...new Set(holes.map(({ kb }) => kb))];
  return [
    chains.length === 0
      ? null
      : `Some may be covered: what these replaced is not told: ${chains.slice(0, 10).join(', ')}`,
    unplaced.length === 0
      ? null
      : `Some may be covered: the catalogue does not know the installed ${unplaced.slice(0, 10).join(', ')}`,
    withoutKb.length === 0
      ? null
      : `${withoutKb.length} CVEs of this product name no update, so that nothing proves them fixed`,
  ].filter((line) => line !== null);
}

type Dated = { asOf: string } | null;

function ages({ catalogue, kev }: { catalogue: Dated; kev: Dated }, now: string): string[] {
  const line = (name: string, feed: Dated, days: number): string | null => {
    if (feed === null) return `${name}: none, so that exploited vulnerabilities are unknown`;
    if (ageProblem(feed.asOf, days, now) === null) return null;
    return `${name} is of ${feed.asOf.slice(0, 10)}, too old: what it does not list is unknown, not absent`;
  };
  return [
    line('The catalogue', catalogue, ttlDays['kb-catalogue']),
    line('The KEV catalogue', kev, ttlDays.kev),
  ].filter((text) => text !== null);
}

/** @throws CliError with what is wrong with the file */
function opened<B>(file: string | null, reader: FeedReader<B>) {
  if (file === null) return null;
  const reading = readText(reader, feedText(feedBytes(file)));
  if ('refused' in reading) throw new CliError('feed_refused', `${file}: ${reading.refused}`);
  return reading.feed;
}
