import { YAMLError, parse as yaml } from 'yaml';
import { z } from 'zod';
import { complaint, Day, type FeedReader, type Reading, wholeText } from './feed.js';
import { isTooDeep } from './parse-json.js';

/** When fixes end. A day is the last one with fixes; `ended` = long ago; null = not announced, or no such extension. */
export const SupportEntry = z.object({
  endsOn: z.union([Day, z.literal('ended')]).nullable(),
  /** Paid or long-term extension, for those who have it. */
  extendedEndsOn: Day.nullable(),
});
export type SupportEntry = z.output<typeof SupportEntry>;

const DayOrFlag = z.union([Day, z.boolean()]);
const Release = z
  .object({
    cycle: z.union([z.string(), z.number()]).optional(),
    releaseCycle: z.union([z.string(), z.number()]).optional(),
    releaseDate: Day,
    latestReleaseDate: Day.optional(),
    eol: DayOrFlag,
    eoes: DayOrFlag.optional(),
    extendedSupport: DayOrFlag.optional(),
  })
  .transform((release, context) => {
    const cycle = String(release.cycle ?? release.releaseCycle ?? '');
    if (/^[A-Za-z0-9._ -]{1,64}$/.test(cycle)) return { ...release, cycle: cycle.toLowerCase() };
    context.addIssue('a release without a name');
    return z.NEVER;
  });
const Releases = z.array(Release).min(1).max(1_000);
const Page = z.object({ permalink: z.string().optional(), releases: Releases });

/**
 * Release lists as endoflife.date keeps them: its API's list, or the front matter of a product page.
 * Keys are `product/cycle`, e.g. `windows-server/2016`. Such a file tells no date of its own, so it counts as old as
 * the newest release that it knows of, unless `asOf` says otherwise. Source: endoflife.date, CONTRIBUTING.md.
 */
export function* readEndOfSupport(how: How): FeedReader<SupportEntry> {
  const text = yield* wholeText(mostChars);
  if (text === null) return { refused: 'The list is too long or nests too deep.' };
  yield;
  return parse(text, how);
}

type How = { now: string; product?: string | undefined; asOf?: string | undefined };

function parse(text: string, { now, product, asOf }: How): Reading<SupportEntry> {
  const read = readYaml(frontMatter(text));
  if ('refused' in read) return read;
  const page = Array.isArray(read.value) ? Page.safeParse({ releases: read.value }) : Page.safeParse(read.value);
  if (!page.success) return { refused: `This is no list of releases: ${complaint(page.error)}` };
  const { releases, permalink } = page.data;
  const name = product ?? permalink?.replace(/^\//, '') ?? /endoflife\.date products\/([\w.-]+)\.md/.exec(text)?.[1];
  if (name === undefined || !/^[a-z0-9][a-z0-9.-]{0,63}$/.test(name))
    return { refused: 'The file does not name its product: say which, as endoflife.date spells it.' };
  const dates = releases.flatMap(({ releaseDate, latestReleaseDate }) => [
    releaseDate,
    latestReleaseDate ?? releaseDate,
  ]);
  const proven = dates
    .filter((date) => date <= now.slice(0, 10))
    .sort()
    .at(-1);
  const day = asOf ?? proven;
  if (day === undefined) return { refused: 'Every release lies in the future: say of which day the file is.' };
  return {
    feed: {
      asOf: new Date(day).toISOString(),
      entries: releases.map((release) => ({ key: `${name}/${release.cycle}`, body: entryOf(release) })),
      ignored: 0,
    },
  };
}

function entryOf({ eol, eoes, extendedSupport }: z.output<typeof Release>): SupportEntry {
  const extended = eoes ?? extendedSupport;
  return {
    endsOn: eol === true ? 'ended' : eol === false ? null : eol,
    extendedEndsOn: typeof extended === 'string' ? extended : null,
  };
}

/** The part between two lines of three dashes, or all of it. */
const frontMatter = (text: string): string => /^---\r?\n([\s\S]*?)\r?\n---/.exec(text)?.[1] ?? text;

/** The longest product page of endoflife.date has some 30 KB. */
const mostChars = 131_072;

function readYaml(text: string): { value: unknown } | { refused: string } {
  if (isTooDeep(text)) return { refused: 'The list is too long or nests too deep.' };
  try {
    // `failsafe` would read dates and flags as text; the core schema keeps dates as text and knows no tags that run.
    const value: unknown = yaml(text, { schema: 'core', maxAliasCount: 0, uniqueKeys: true, logLevel: 'error' });
    return { value };
  } catch (error) {
    if (error instanceof YAMLError || error instanceof ReferenceError || error instanceof RangeError)
      return { refused: `The file is no YAML: ${error.message.split('\n', 1)[0]}` };
    throw error;
  }
}
