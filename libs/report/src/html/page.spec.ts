// @vitest-environment jsdom
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { describe, expect, it } from 'vitest';
import {
  emptyReport,
  firstReport,
  quietReport,
  sampleHost,
  sampleReport,
  sampleSnapshot,
} from '../../golden/sample-weeks.js';
import { differenceOf } from '../difference.js';
import { renderHtml } from './page.js';

const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</style><script>alert(1)</script>',
  '\u202Egpj.exe\u2066',
  'null\u0000bell\u0007line\nfeed\u2028',
  '&lt;b&gt; {{alert(1)}} `x`',
];

function pageWith(text: string): string {
  const hosts = [sampleHost('pxy', { level: 'critical', topReason: text, os: text })];
  const [vcenter] = sampleReport.snapshot.vcenters;
  const vcenters = [{ ...vcenter!, name: text, lastError: text, state: 'failed' as const }];
  const snapshot = sampleSnapshot(hosts, { vcenters, policyVersion: text });
  return renderHtml({ snapshot, difference: differenceOf(snapshot, sampleSnapshot([], { policyVersion: 'x' })) });
}

const parse = (page: string) => new DOMParser().parseFromString(page, 'text/html');
const textOf = (page: string) => parse(page).body.textContent?.replaceAll(/\s+/g, ' ') ?? '';

describe('renderHtml', () => {
  it.each(hostile)('shows %j as text and nothing else', (text) => {
    const document = parse(pageWith(text));
    const plain = parse(pageWith('plain'));
    const names = (of: Document) => [...of.querySelectorAll('*')].map(({ tagName }) => tagName).sort();
    const attributes = (of: Document) =>
      [...of.querySelectorAll('*')].flatMap((node) => node.getAttributeNames()).sort();
    expect(names(document)).toEqual(names(plain));
    expect(attributes(document)).toEqual(attributes(plain));
  });

  it.each(hostile)('lets no invisible character of %j through', (text) => {
    expect(pageWith(text)).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\u2028\u2029]/u);
  });

  it('loads nothing and runs nothing', () => {
    const page = renderHtml(sampleReport);
    const document = parse(page);
    expect(document.querySelectorAll('script,link,img,iframe,object,embed,form,a,[src],[href],[style]')).toHaveLength(
      0,
    );
    expect(page).not.toMatch(/url\(|@import/);
  });

  it.each([
    ['the first week', firstReport],
    ['a quiet week', quietReport],
    ['an empty fleet', emptyReport],
  ])('leaves no heading of %s without a word below it', (_name, report) => {
    const document = parse(renderHtml(report));
    const below = [...document.querySelectorAll('h2,h3')].map((heading) => heading.nextElementSibling);
    for (const element of below) expect(element?.textContent?.trim()).not.toBe('');
    expect(document.querySelectorAll('table > tbody:empty')).toHaveLength(0);
  });

  it('says of a quiet week how many hosts were looked at', () => {
    expect(textOf(renderHtml(quietReport))).toContain('No host is critical or high; 2 checked.');
  });

  it('names every unknown, stale and silent host', () => {
    const document = parse(renderHtml(sampleReport));
    const heading = [...document.querySelectorAll('h2')].find((h2) => h2.textContent?.startsWith('Unknown and stale'));
    const named = [...(heading?.nextElementSibling?.querySelectorAll('tbody td:first-child') ?? [])];
    expect(named.map((cell) => cell.textContent)).toEqual(['pxy-06', 'pxy-03', 'pxy-07']);
  });

  it('never shows a level that had expired as OK', () => {
    const snapshot = sampleSnapshot([sampleHost('pxy', { validUntil: '2026-11-22T20:00:00.000Z' })]);
    const page = renderHtml({ snapshot, difference: differenceOf(snapshot, null) });
    const rows = [...parse(page).querySelectorAll('tbody tr')].filter((row) => row.textContent?.includes('pxy'));
    expect(rows.map((row) => row.querySelector('.level')?.textContent)).toEqual(['? Unknown', '? Unknown']);
    expect(textOf(page)).toContain('1 host of these had a level that had expired');
  });

  it('calls a lower bound a lower bound, on both sides of the fraction', () => {
    expect(textOf(renderHtml(sampleReport))).toContain('VMs at risk: at least 312 of 758');
    const [vcenter] = sampleReport.snapshot.vcenters;
    const snapshot = sampleSnapshot([], { vcenters: [{ ...vcenter!, mapCollectedAt: null }] });
    const page = renderHtml({ snapshot, difference: differenceOf(snapshot, null) });
    expect(textOf(page)).toContain('VMs at risk: 0 of at least 640');
  });

  it('warns when two weeks were judged with different policies', () => {
    expect(textOf(pageWith('y'))).toContain('Do not compare levels and scores');
    expect(textOf(renderHtml(sampleReport))).not.toContain('Do not compare');
  });

  it.each([
    ['2026-11-20T12:00:00.000Z', 'The week is not over: this is the fleet as it stood at 2026-11-20 13:00 UTC+1.'],
    [
      '2026-11-26T12:00:00.000Z',
      'This week was closed late: this is the fleet as it stood at 2026-11-26 13:00 UTC+1, 3 d after',
    ],
  ])('does not pass the fleet of %s for the end of the week', (takenAt, words) => {
    const snapshot = sampleSnapshot([], { takenAt });
    expect(textOf(renderHtml({ snapshot, difference: differenceOf(snapshot, null) }))).toContain(words);
    expect(textOf(renderHtml(sampleReport))).not.toMatch(/not over|closed late/);
  });

  it('carries each level by shape and word, not by colour alone', () => {
    const document = parse(renderHtml(sampleReport));
    for (const chip of document.querySelectorAll('.level')) expect(chip.textContent).toMatch(/^[✕?▲◆○✓] [A-Z]/);
  });

  it('gives the times of the zone with their offset', () => {
    expect(textOf(renderHtml(sampleReport))).toContain('2026-11-16 00:00 UTC+1 to 2026-11-23 00:00 UTC+1');
  });
});
