import { describe, expect, test } from 'vitest';
import { readEndOfSupport } from './end-of-support.js';
import { readEpss } from './epss.js';
import { ageProblem, readText } from './feed.js';
import { readKev } from './kev.js';
import { kindOf } from './kind-of.js';
import { lookUp } from './look-up.js';

const now = '2026-11-22T12:00:00.000Z';
const entry = {
  cveID: 'CVE-2024-40711',
  dateAdded: '2024-10-17',
  dueDate: '2024-11-07',
  knownRansomwareCampaignUse: 'Known',
};
const kev = (changes: object = {}) =>
  JSON.stringify({
    catalogVersion: '1',
    dateReleased: '2026-11-20T17:04:19.9796Z',
    count: 1,
    vulnerabilities: [entry],
    ...changes,
  });
const epss = (...lines: string[]) =>
  ['#model_version:v2026.06.15,score_date:2026-09-29T12:00:22Z', 'cve,epss,percentile', ...lines, ''].join('\n');
const releases = `- {cycle: "2016", releaseDate: 2016-10-15, eol: 2027-01-12, eoes: 2030-01-12}
- {cycle: 2003, releaseDate: 2003-03-13, eol: true}
- {cycle: next, releaseDate: 2030-01-01, eol: false}`;

test('a KEV catalogue tells its own day, who is used by ransomware, and nothing else', () => {
  expect(readText(readKev(), kev())).toEqual({
    feed: {
      asOf: '2026-11-20T17:04:19.979Z',
      entries: [{ key: 'CVE-2024-40711', body: { addedOn: '2024-10-17', dueOn: '2024-11-07', isRansomware: true } }],
      ignored: 0,
    },
  });
});

test.each([
  ['cut short', kev({ count: 2 })],
  ['of nothing', kev({ count: 0, vulnerabilities: [] })],
  ['with a CVE twice', kev({ count: 2, vulnerabilities: [entry, entry] })],
  ['without a date', kev({ dateReleased: 'today' })],
  ['with a word that we do not know', kev({ vulnerabilities: [{ ...entry, knownRansomwareCampaignUse: 'Maybe' }] })],
  ['nested a million deep', '['.repeat(1_000_000)],
  ['of unclosed strings', '"\\'.repeat(100_000)],
  ['that is a page', '<html>'],
])('a KEV catalogue %s is refused whole', (_, text) => {
  expect(readText(readKev(), text)).toHaveProperty('refused');
});

test('EPSS scores are as old as their model says, and never round down', () => {
  const text = epss('CVE-1999-0001,0.03351,0.88255', 'CVE-1999-0002,1e-05,0.1', 'CVE-1999-0003,0.29,0.1');
  const read = readText(readEpss(), text);
  if ('refused' in read) throw new Error(read.refused);
  expect(read.feed).toMatchObject({ asOf: '2026-09-29T12:00:22.000Z', ignored: 0 });
  expect(read.feed.entries).toHaveLength(3);
  expect([...read.feed.entries]).toEqual([
    { key: 'CVE-1999-0001', body: { epss: 0.04 } },
    { key: 'CVE-1999-0002', body: { epss: 0.01 } },
    { key: 'CVE-1999-0003', body: { epss: 0.29 } },
  ]);
});

test.each([
  ['without its date', 'cve,epss,percentile\nCVE-1999-0001,0.1,0.1\n'],
  ['with a score above one', epss('CVE-1999-0001,1.5,0.1')],
  ['with a formula', epss('=cmd|calc,0.1,0.1')],
  ['with a CVE twice', epss('CVE-1999-0001,0.1,0.1', 'CVE-1999-0001,0.2,0.1')],
  ['with a hole', epss('CVE-1999-0001,0.1,0.1', '', 'CVE-1999-0002,0.1,0.1')],
  ['of nothing', epss()],
])('EPSS scores %s are refused whole', (_, text) => {
  expect(readText(readEpss(), text)).toHaveProperty('refused');
});

describe('a list of releases', () => {
  test('is as old as the newest release that it knows of, unless it is told', () => {
    const read = readText(readEndOfSupport({ now, product: 'windows-server' }), releases);
    expect(read).toMatchObject({ feed: { asOf: '2016-10-15T00:00:00.000Z' } });
    const told = readText(readEndOfSupport({ now, product: 'windows-server', asOf: '2026-08-22' }), releases);
    expect(told).toMatchObject({ feed: { asOf: '2026-08-22T00:00:00.000Z' } });
  });

  test('tells ends, extensions, and what has no end yet', () => {
    expect(readText(readEndOfSupport({ now, product: 'windows-server' }), releases)).toMatchObject({
      feed: {
        entries: [
          { key: 'windows-server/2016', body: { endsOn: '2027-01-12', extendedEndsOn: '2030-01-12' } },
          { key: 'windows-server/2003', body: { endsOn: 'ended', extendedEndsOn: null } },
          { key: 'windows-server/next', body: { endsOn: null, extendedEndsOn: null } },
        ],
      },
    });
  });

  test('names its product in a page of endoflife.date', () => {
    const page = `---\npermalink: /ubuntu\nreleases:\n  - releaseCycle: "24.04"\n    releaseDate: 2024-04-25\n    eol: 2029-05-31\n---\n\n> text`;
    expect(readText(readEndOfSupport({ now }), page)).toMatchObject({ feed: { entries: [{ key: 'ubuntu/24.04' }] } });
  });

  test.each([
    ['without a product', releases],
    ['of aliases that explode', `a: &a [x]\nb: &b [*a,*a]\nreleases: [*b,*b]`],
    ['nested too deep', '['.repeat(50_000)],
    ['with a tag that would run', '!!js/function "x"'],
    ['of nothing', ''],
  ])('%s is refused', (_, text) => {
    expect(readText(readEndOfSupport({ now }), text)).toHaveProperty('refused');
  });
});

test('a feed proves nothing once it is old, nor while its day lies ahead', () => {
  expect(ageProblem('2026-11-01T00:00:00Z', 30, now)).toBeNull();
  expect(ageProblem('2026-10-23T12:00:00Z', 30, now)).toBe('stale');
  expect(ageProblem('2026-12-01T00:00:00Z', 30, now)).toBe('clock');
  expect(ageProblem('never', 30, now)).toBe('clock');
});

test('what is not listed is unknown in an old feed and in none; what is listed stays listed', () => {
  const fresh = { asOf: '2026-11-20T00:00:00Z', ttlDays: 30 };
  const old = { asOf: '2025-08-25T00:00:00Z', ttlDays: 30 };
  expect(lookUp(fresh, undefined, now)).toEqual({ value: null });
  expect(lookUp(old, undefined, now)).toEqual({ unknown: 'stale' });
  expect(lookUp(null, undefined, now)).toEqual({ unknown: 'not_collected' });
  expect(lookUp(old, 'listed', now)).toEqual({ value: 'listed' });
});

test('a file is told by how it begins', () => {
  expect([kev(), epss(), releases, 'DatePosted,CVE,BulletinKB,Title', 'hello'].map(kindOf)).toEqual([
    'kev',
    'epss',
    'end-of-support',
    'kb-catalogue',
    null,
  ]);
});
