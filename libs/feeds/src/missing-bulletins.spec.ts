import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogueSlice } from '../testing/catalogue-slice.js';
import { type NaiveRow, naiveMissing } from '../testing/naive-missing.js';
import { pieceChars, readText } from './feed.js';
import { type Bulletin, bulletinKey, readKbCatalogue } from './kb-catalogue.js';
import { ProductIndex } from './missing-bulletins.js';

const bulletin = (kb: string, supersedes: string[] = [], postedOn = '2020-01-01'): [string, Bulletin] => [
  bulletinKey('p', kb),
  { postedOn, severity: 'important', cves: [], supersedes, hasUnreadable: false },
];
const indexOf = (...bulletins: [string, Bulletin][]) => new ProductIndex(bulletins);
const named = (list: { kb: string }[]) => list.map(({ kb }) => kb);

describe('missing updates', () => {
  test('equal those of a naive closure over any catalogue, with rings and holes', () => {
    const kb = fc.integer({ min: 1, max: 25 }).map((n) => `KB${1_000_000 + n}`);
    const row = fc.record({
      kb,
      supersedes: fc.array(kb, { maxLength: 3 }),
      cve: kb.map((k) => `CVE-2020-${k.slice(2)}`),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), fc.array(kb, { maxLength: 5 }), (rows, installed) => {
        const naive = rows.map((one): NaiveRow => ({ ...one, product: 'p' }));
        const kbs = new Set(rows.map((one) => one.kb));
        const merged = [...kbs].map((name) =>
          bulletin(
            name,
            rows.filter((one) => one.kb === name).flatMap((one) => one.supersedes),
          ),
        );
        const { missing } = indexOf(...merged).missingOf(installed);
        expect(new Set(missing.map((one) => one.kb))).toEqual(naiveMissing(naive, 'p', installed).kbs);
      }),
      { numRuns: 5_000, seed: 3 },
    );
  });

  test('are still missing behind a hole, and the hole is told', () => {
    const index = indexOf(bulletin('KB1000003', ['KB1000002']), bulletin('KB1000001'));
    const { missing, holes, doubtful } = index.missingOf(['KB1000003']);
    expect(named(missing)).toEqual(['KB1000001']);
    expect([...doubtful]).toEqual(['KB1000001']);
    expect(holes).toEqual([{ kb: 'KB1000002', namedBy: 'KB1000003' }]);
  });

  test('that came after the update above the hole cannot lie behind it', () => {
    const index = indexOf(
      bulletin('KB1000003', ['KB1000002'], '2020-03-10'),
      bulletin('KB1000001', [], '2020-01-14'),
      bulletin('KB1000004', ['KB1000003'], '2020-04-14'),
    );
    const { missing, doubtful } = index.missingOf(['KB1000003']);
    expect(named(missing)).toEqual(['KB1000001', 'KB1000004']);
    expect([...doubtful]).toEqual(['KB1000001']);
  });

  test('that are sure are missing whatever the hidden part of the catalogue says, and none is overlooked', () => {
    const size = 12;
    const kb = (n: number) => `KB${1_000_000 + n}`;
    const day = (n: number) => `2020-01-${String(n + 1).padStart(2, '0')}`;
    /** Each update replaces some that came before it; some rows are hidden from the catalogue. */
    const truth = fc.tuple(
      fc.array(fc.array(fc.nat(size), { maxLength: 2 }), { minLength: size, maxLength: size }),
      fc.subarray(Array.from({ length: size }, (_, n) => n)),
      fc.subarray(
        Array.from({ length: size }, (_, n) => n),
        { maxLength: 3 },
      ),
    );
    fc.assert(
      fc.property(truth, ([older, hidden, installed]) => {
        const all = older.map((list, n) => bulletin(kb(n), list.filter((m) => m < n).map(kb), day(n)));
        const seen = all.filter((_, n) => !hidden.includes(n));
        const kbs = installed.map(kb);
        const whole = new Set(named(new ProductIndex(all).missingOf(kbs).missing));
        const { missing, doubtful } = new ProductIndex(seen).missingOf(kbs);
        for (const one of named(missing)) if (!doubtful.has(one)) expect(whole).toContain(one);
        const shown = new Set(seen.map(([key]) => key.split('|')[1]));
        for (const one of whole) if (shown.has(one)) expect(named(missing)).toContain(one);
      }),
      { numRuns: 2_000, seed: 5 },
    );
  }, 30_000);

  test('are judged with a word on installed updates that the catalogue does not know', () => {
    const { unplaced, doubtful } = indexOf(bulletin('KB1000001')).missingOf(['KB9999999', 'Update']);
    expect(unplaced).toEqual(['KB9999999']);
    expect([...doubtful]).toEqual(['KB1000001']);
  });

  test('cost as much as the chains of one host, not as the catalogue squared', () => {
    const size = 4_000;
    const kb = (n: number) => `KB${1_000_000 + n}`;
    const index = indexOf(...Array.from({ length: size }, (_, n) => bulletin(kb(n), n === 0 ? [] : [kb(n - 1)])));
    const begun = performance.now();
    for (let round = 0; round < 100; round++) expect(index.missingOf([kb(size - 1)]).missing).toEqual([]);
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});

describe('the catalogue', () => {
  const parsed = (text: string) => readText(readKbCatalogue(), text);
  const header =
    'DatePosted,CVE,BulletinKB,Title,AffectedProduct,AffectedComponent,Severity,Impact,Supersedes,Exploits';
  const row = (product: string, kb = '4480961', more: Partial<Record<'date' | 'cve' | 'supersedes', string>> = {}) =>
    `"${more.date ?? '20190108'}","${more.cve ?? 'CVE-2019-0001'}","${kb}","a ""b"",\nc","${product}","","Critical","","${more.supersedes ?? ''}",""`;

  test('never merges two products whose names begin alike', () => {
    const names = [
      'Windows Server 2008 R2 for x64-based Systems',
      'Windows Server 2008 R2 for x64-based Systems Service Pack 1',
      'Windows Server 2012',
      'Windows Server 2012 R2',
      'Windows 10 for x64-based Systems',
      'Windows 10 Version 1809 for x64-based Systems',
      'Windows 10 Version 1809 for 32-bit Systems',
      'Windows 10 Version 1809 for ARM64-based Systems',
      'Windows 10 Version 21H2 for x64-based Systems',
      'Windows 11 version 21H2 for x64-based Systems',
      'Windows Server 2022',
      'Windows Server 2022, 23H2 Edition (Server Core installation)',
    ];
    const read = parsed([header, ...names.map((name, at) => row(name, String(5_000_000 + at)))].join('\n'));
    if ('refused' in read) throw new Error(read.refused);
    const products = [...read.feed.entries].map(({ key }) => key.split('|')[0]);
    expect(new Set(products).size).toBe(names.length);
    expect([...read.feed.entries].map(({ key }) => key.split('|')[1])).toEqual(
      names.map((_, at) => `KB${5_000_000 + at}`),
    );
  });

  test('takes Server Core for what it is, and passes over what is no Windows', () => {
    const read = parsed(catalogueSlice);
    if ('refused' in read) throw new Error(read.refused);
    expect([...read.feed.entries].filter(({ key }) => key.startsWith('windows server 2019|'))).toHaveLength(4);
    expect(read.feed).toMatchObject({ ignored: 1, asOf: '2024-08-13T00:00:00.000Z' });
  });

  test('reads the older ways to say what is superseded, and says when it cannot', () => {
    const read = parsed(
      [header, row('Windows Server 2016', '3185614', { supersedes: 'MS16-101[3167679];KB3176495, unheard-of' })].join(
        '\n',
      ),
    );
    expect(read).toMatchObject({
      feed: { entries: [{ body: { supersedes: ['KB3167679', 'KB3176495'], hasUnreadable: true } }] },
    });
  });

  test('lists vulnerabilities without an update apart, so that nothing proves them fixed', () => {
    const read = parsed([header, row('Windows Server 2016', '')].join('\n'));
    expect(read).toMatchObject({
      feed: { entries: [{ key: 'windows server 2016|no-update', body: { cves: ['CVE-2019-0001'] } }] },
    });
  });

  test.each([
    ['without its columns', 'a,b,c\n1,2,3'],
    ['with a quote that never closes', `${header}\n"20190108","CVE`],
    ['with an endless record', `${header}\n"${'x'.repeat(200_000)}"\n`],
    ['with a number that is none', [header, row('Windows Server 2016', '1=cmd')].join('\n')],
    ['with a vulnerability that is none', [header, row('Windows Server 2016', '4480961', { cve: '=1+1' })].join('\n')],
    ['with a day that is none', [header, row('Windows Server 2016', '4480961', { date: '20191399' })].join('\n')],
    [
      'that breaks off within a row',
      [header, row('Windows Server 2016'), '"20190108","CVE-2019-0002","44'].join('\n').concat('"'),
    ],
    ['of other products only', [header, row('Office')].join('\n')],
    ['that is empty', ''],
  ])('%s is refused', (_, text) => {
    expect(parsed(text)).toHaveProperty('refused');
  });

  test('of 60,000 rows is read in slices that hold the event loop for a moment only', () => {
    const rows = Array.from({ length: 60_000 }, (_, n) =>
      row(`Windows Server ${['2012', '2012 R2', '2016', '2019'][n % 4]}`, String(4_000_000 + (n % 900)), {
        cve: `CVE-2020-${10_000 + (n % 20_000)}`,
      }),
    );
    const text = [header, ...rows].join('\n');
    const work = readKbCatalogue();
    work.next();
    const slices: number[] = [];
    for (let at = 0; at < text.length; at += pieceChars) {
      const begun = process.cpuUsage();
      work.next(text.slice(at, at + pieceChars));
      const { user, system } = process.cpuUsage(begun);
      slices.push((user + system) / 1_000);
    }
    const sorted = slices.toSorted((a, b) => a - b);
    expect(slices.length).toBeGreaterThan(50);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(20);
  }, 20_000);
});
