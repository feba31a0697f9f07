import { UpdateSeverity } from '@lunwarden/contract';
import { z } from 'zod';
import { csvBlocks } from './csv-rows.js';
import { Cve, type FeedEntry, type ParsedFeed } from './feed.js';
import { productKey, windowsProducts } from './windows-product.js';

const Kb = z.string().regex(/^KB\d{6,8}$/);

/** One update of one product. `supersedes` names updates whose place it takes. */
export const Bulletin = z.object({
  kb: Kb,
  severity: UpdateSeverity,
  cves: z.array(Cve),
  supersedes: z.array(Kb),
  /** It says that it supersedes something, but not what. */
  hasUnreadable: z.boolean(),
});
export type Bulletin = z.output<typeof Bulletin>;

/** All that the catalogue says of one product. `withoutKb`: vulnerabilities that no update is named for. */
export const ProductBulletins = z.object({ bulletins: z.array(Bulletin), withoutKb: z.array(Cve) });
export type ProductBulletins = z.output<typeof ProductBulletins>;

/** Columns that are read; others may come and go. Source: the CSV that the wesng project publishes. */
const columns = ['DatePosted', 'CVE', 'BulletinKB', 'AffectedProduct', 'Severity', 'Supersedes'] as const;
type Column = (typeof columns)[number];
type Row = Record<Column, string>;

/** The contract lists them so. */
const worstFirst = UpdateSeverity.options;
const mostRows = 4_000_000;

type Collected = {
  products: Map<string, { byKb: Map<string, Draft>; withoutKb: Set<string> }>;
  newest: string;
  ignored: number;
};
type Draft = { severity: UpdateSeverity; cves: Set<string>; supersedes: Set<string>; hasUnreadable: boolean };

/**
 * The catalogue of bulletins, by product. Yields after each block of records, so that the event loop is never held.
 * It is as old as its newest bulletin.
 * @returns the feed, or why the file was refused
 */
export function* parseKbCatalogue(
  text: string,
): Generator<void, { feed: ParsedFeed<ProductBulletins> } | { refused: string }> {
  const collected: Collected = { products: new Map(), newest: '', ignored: 0 };
  let places: Record<Column, number> | null = null;
  let rows = 0;
  for (const block of csvBlocks(text)) {
    if ('refused' in block) return block;
    for (const record of block.records) {
      if (record[0]?.startsWith('#')) continue;
      if (places === null) {
        places = placesOf(record);
        if (places === null) return { refused: `The first line must name the columns ${columns.join(', ')}.` };
        continue;
      }
      rows += 1;
      const problem = rows > mostRows ? 'too many rows' : take(rowOf(record, places), collected);
      if (problem !== null) return { refused: `Row ${rows}: ${problem}.` };
    }
    yield;
  }
  if (collected.newest === '') return { refused: 'The file holds no bulletin of a Windows that we know.' };
  return { feed: feedOf(collected) };
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
  const product = productIn(collected, name);
  const kb = kbOf(row.BulletinKB);
  if (kb === null) {
    if (row.BulletinKB !== '') return 'BulletinKB is no number such as 4480961';
    if (isCve) product.withoutKb.add(row.CVE);
    return null;
  }
  merge(draftIn(product.byKb, kb), row, isCve);
  return null;
}

function productIn({ products }: Collected, name: string): { byKb: Map<string, Draft>; withoutKb: Set<string> } {
  const product = products.get(name) ?? { byKb: new Map<string, Draft>(), withoutKb: new Set<string>() };
  products.set(name, product);
  return product;
}

function draftIn(byKb: Map<string, Draft>, kb: string): Draft {
  const draft: Draft = byKb.get(kb) ?? {
    severity: 'unspecified',
    cves: new Set(),
    supersedes: new Set(),
    hasUnreadable: false,
  };
  byKb.set(kb, draft);
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

function feedOf({ products, newest, ignored }: Collected): ParsedFeed<ProductBulletins> {
  const entries = [...products].map(
    ([key, { byKb, withoutKb }]): FeedEntry<ProductBulletins> => ({
      key,
      body: { bulletins: [...byKb].map(([kb, draft]) => bulletinOf(kb, draft)), withoutKb: [...withoutKb].toSorted() },
    }),
  );
  return { asOf: new Date(newest).toISOString(), entries, ignored };
}

const bulletinOf = (kb: string, { severity, cves, supersedes, hasUnreadable }: Draft): Bulletin => ({
  kb,
  severity,
  cves: [...cves].toSorted(),
  supersedes: [...supersedes].filter((other) => other !== kb).toSorted(),
  hasUnreadable,
});
