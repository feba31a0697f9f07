import type { Known } from '@lunwarden/contract';
import { ageProblem, bundledEndOfSupport, type SupportEntry, ttlDays } from '@lunwarden/feeds';
import type { StoredFeed } from '@lunwarden/store';

/** Lists of releases as they were found for some hosts. */
export type SupportFound = { stored: readonly StoredFeed[]; support: ReadonlyMap<string, SupportEntry>; at: string };
type Dated = { asOf: string; entry: SupportEntry | undefined };

const bundled = new Map(bundledEndOfSupport.entries.map(({ key, body }) => [key, body]));
const esxi = 'vmware-esxi/';

/** Last day of the paid extension of a release; null = there is none. What has a day keeps it, however old the list is. */
export function supportOf(release: string | null, found: SupportFound): Known<string | null> {
  if (release === null) return { unknown: 'unrecognised_value' };
  const { asOf, entry } = newest(release, found);
  if (entry === undefined) return { unknown: 'unrecognised_value' };
  if (entry.extendedEndsOn !== null) return { value: entry.extendedEndsOn };
  const problem = ageProblem(asOf, ttlDays['end-of-support'], found.at);
  return problem === null ? { value: null } : { unknown: problem };
}

/** Ends of support of ESXi by version. */
export const endsOfEsxi = {
  keys: [...bundled.keys()].filter((key) => key.startsWith(esxi)),
  of(found: SupportFound): { asOf: string; byVersion: Record<string, string> } {
    const dated = this.keys.map((key) => ({ key, ...newest(key, found) }));
    const ends = dated.flatMap(({ key, entry }) =>
      typeof entry?.endsOn === 'string' && entry.endsOn !== 'ended' ? [[key.slice(esxi.length), entry.endsOn]] : [],
    );
    const asOf = dated.map((one) => one.asOf).toSorted()[0] ?? bundledEndOfSupport.asOf;
    return { asOf, byVersion: Object.fromEntries(ends) };
  },
};

/** Of the imported list and the bundled one, the younger; an old file never takes back what we knew. */
function newest(key: string, { stored, support }: SupportFound): Dated {
  const scope = key.split('/', 1)[0];
  const file = stored.find((feed) => feed.kind === 'end-of-support' && feed.scope === scope);
  const ours: Dated = { asOf: bundledEndOfSupport.asOf, entry: bundled.get(key) };
  if (file === undefined || (file.asOf < ours.asOf && ours.entry !== undefined)) return ours;
  return { asOf: file.asOf, entry: support.get(key) };
}
