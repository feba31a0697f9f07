import { UpdateSeverity } from '@lunwarden/contract';
import { z } from 'zod';
import { CsvRecords } from './csv-rows.js';
import { Cve, Day, type FeedEntry, type FeedReader } from './feed.js';
import { productKey, windowsProducts } from './windows-product.js';

const Kb = z.string().regex(/^KB\d{6,8}$/);

/** One update of one product. `supersedes` names updates whose place it takes. */
export const Bulletin = z.object({
  /** The first day on which it was published. */
  postedOn: Day,
  severity: UpdateSeverity,
  cves: z.array(Cve),
  supersedes: z.array(Kb),
  /** It says that it supersedes something, but not what. */
  hasUnreadable: z.boolean(),
});
export type Bulletin = z.output<typeof Bulletin>;

/** Under this name stand the vulnerabilities of a product that no update is named for. */
const noUpdate = 'no-update';

/** `windows server 2019|KB4489899`: what is said of one update of one product. */
export const bulletinKey = (product: string, kb: string = noUpdate): string => `${product}|${kb}`;

/** The update that a key is about; null = it is about what has none. */
export function kbOfKey(key: string): string | null {
  const kb = key.slice(key.lastIndexOf('|') + 1);
  return kb === noUpdate ? null : kb;
}

/** Columns that are read; others may come and go. Source: the CSV that the wesng project publishes. */
const columns = ['DatePosted', 'CVE', 'BulletinKB', 'AffectedProduct', 'Severity', 'Supersedes'] as const;
type Column = (typeof columns)[number];
type Row = Record<Column, string>;

/** The contract lists them so. */
const worstFirst = UpdateSeverity.options;
const mostRows = 4_000_000;

type Collected = { bulletins: Map<string, Draft>; newest: string; ignored: number };
type Draft = {
  postedOn: string;
  severity: UpdateSeverity;
  cves: Set<string>;
  supersedes: Set<string>;
  hasUnreadable: boolean;
};
/** Bulletins of one turn at the end. */
const bulletinsATurn = 1_000;

/** The catalogue of bulletins, an entry for each update of each product. It is as old as its newest bulletin. */
export function* readKbCatalogue(): FeedReader<Bulletin> {
  const collected: Collected = { bulletins: new Map(), newest: '', ignored: 0 };
  const csv = new CsvRecords();
  const rows = new Rows(collected);
  for (let piece = yield; piece !== null; piece = yield) {
    const refused = rows.take(csv.take(piece));
    if (refused !== null) return { refused };
  }
  const refused = rows.take(csv.end());
  if (refused !== null) return { refused };
  if (collected.newest === '') return { refused: 'The file holds no bulletin of a Windows that we know.' };
  const entries: FeedEntry<Bulletin>[] = [];
  for (const [key, draft] of collected.bulletins) {
    entries.push({ key, body: bulletinOf(kbOfKey(key), draft) });
    if (entries.length % bulletinsATurn === 0) yield;
  }
  return { feed: { asOf: new Date(collected.newest).toISOString(), entries, ignored: collected.ignored } };
}

/** Rows below the line that names the columns. */
class Rows {
  private places: Record<Column, number> | null = null;
  private width = 0;
  private count = 0;

  constructor(private readonly collected: Collected) {}

  /** @returns what is wrong, or null */
  take(block: ReturnType<CsvRecords['take']>): string | null {
    if ('refused' in block) return block.refused;
    for (const record of block.records) {
      const problem = record[0]?.startsWith('#') ? null : this.takeOne(record);
      if (problem !== null) return problem;
    }
    return null;
  }

  private takeOne(record: readonly string[]): string | null {
    if (this.places === null) {
      this.places = placesOf(record);
      this.width = record.length;
      return this.places === null ? `The first line must name the columns ${columns.join(', ')}.` : null;
    }
    this.count += 1;
    if (this.count > mostRows) return `There are more than ${mostRows} rows.`;
    // What lies behind the break would count as never missing.
    if (record.length < this.width) return `Row ${this.count} breaks off: fetch the file again.`;
    const problem = take(rowOf(record, this.places), this.collected);
    return problem === null ? null : `Row ${this.count}: ${problem}.`;
  }
}

function placesOf(header: readonly string[]): Record<Column, number> | null {
  const at = (name: Column): number => header.findIndex((text) => text.replace(/^\ufeff/, '').trim() === name);
  const places = {
    DatePosted: at('DatePosted'),
    CVE: at('CVE'),
    BulletinKB: at('BulletinKB'),
    AffectedProduct: at('AffectedProduct'),
    Severity: at('Severity'),
    Supersedes: at('Supersedes'),
  };
  return Object.values(places).includes(-1) ? null : places;
}

function rowOf(record: readonly string[], places: Record<Column, number>): Row {
  const text = (column: Column): string => record[places[column]]?.trim() ?? '';
  return {
    DatePosted: text('DatePosted'),
    CVE: text('CVE'),
    BulletinKB: text('BulletinKB'),
    AffectedProduct: text('AffectedProduct'),
    Severity: text('Severity'),
    Supersedes: text('Supersedes'),
  };
}

/** @returns what is wrong with the row, or null */
function take(row: Row, collected: Collected): string | null {
  const name = productKey(row.AffectedProduct);
  if (!windowsProducts.has(name)) {
    collected.ignored += 1;
    return null;
  }
  const date = /^(\d{4})-?(\d\d)-?(\d\d)$/.exec(row.DatePosted)?.slice(1).join('-');
  if (date === undefined || Number.isNaN(Date.parse(date))) return 'DatePosted is no day such as 20190108';
  if (date > collected.newest) collected.newest = date;
  const isCve = Cve.safeParse(row.CVE).success;
  if (!isCve && row.CVE !== '' && !/^ADV\d+$/i.test(row.CVE)) return 'CVE is none';
  const kb = kbOf(row.BulletinKB);
  if (kb === null && row.BulletinKB !== '') return 'BulletinKB is no number such as 4480961';
  if (kb === null && !isCve) return null;
  merge(draftIn(collected, bulletinKey(name, kb ?? undefined), date), row, isCve);
  return null;
}

function draftIn({ bulletins }: Collected, key: string, date: string): Draft {
  const draft: Draft = bulletins.get(key) ?? {
    postedOn: date,
    severity: 'unspecified',
    cves: new Set(),
    supersedes: new Set(),
    hasUnreadable: false,
  };
  if (date < draft.postedOn) draft.postedOn = date;
  bulletins.set(key, draft);
  return draft;
}

function merge(draft: Draft, { CVE, Severity, Supersedes }: Row, isCve: boolean): void {
  if (isCve) draft.cves.add(CVE);
  const said = worstFirst.find((word) => word === Severity.toLowerCase()) ?? 'unspecified';
  if (worstFirst.indexOf(said) < worstFirst.indexOf(draft.severity)) draft.severity = said;
  // `4480961;4471324`, and in older rows `MS16-101[3167679]`.
  const tokens = Supersedes.split(/[;,\s]+/).filter(Boolean);
  for (const token of tokens) {
    const kb = kbOf(/\[(\d{6,8})\]$/.exec(token)?.[1] ?? token);
    if (kb === null) draft.hasUnreadable = true;
    else draft.supersedes.add(kb);
  }
}

/** `4480961` and `KB4480961` are one; null = neither. */
export function kbOf(text: string): string | null {
  const digits = /^(?:KB)?(\d{6,8})$/i.exec(text)?.[1];
  return digits === undefined ? null : `KB${digits}`;
}

const bulletinOf = (kb: string | null, { postedOn, severity, cves, supersedes, hasUnreadable }: Draft): Bulletin => ({
  postedOn,
  severity,
  cves: [...cves].toSorted(),
  supersedes: [...supersedes].filter((other) => other !== kb).toSorted(),
  hasUnreadable,
});
