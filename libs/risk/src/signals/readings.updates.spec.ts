import type { PendingUpdate } from '@lunwarden/contract';
import { windowsFacts } from '@lunwarden/sample-fleet';
import type { CatalogueUpdate, FeedView, MissingByCatalogue } from '../facts/feed-view.js';
import type { Facts } from '../facts.js';
import { unknown } from '../testing/cases.js';
import { describeReadings, type ReadingCase, reportAt } from '../testing/readings.js';

const all = ['missing', 'knownExploited', 'epss'] as const;
const lost = windowsFacts({ pendingUpdates: unknown });
const update = (id: string, severity: PendingUpdate['severity'], ...cves: string[]): PendingUpdate => ({
  id,
  title: id,
  severity,
  categories: [],
  cves,
  needsReboot: true,
});
const pending = (...value: PendingUpdate[]) => windowsFacts({ pendingUpdates: { value } });
const bulletin = (id: string, severity: CatalogueUpdate['severity'], ...cves: string[]): CatalogueUpdate => ({
  id,
  severity,
  cves,
});
const silent: FeedView = {
  cves: unknown,
  epss: unknown,
  catalogue: unknown,
  cvesOfUpdates: {},
  extendedSupportEnd: unknown,
  productBuilds: unknown,
  esxiBuilds: unknown,
  esxiSupportEnds: unknown,
};
const today = '2026-11-19';
const cves = (asOf: string, byId: Record<string, { exploited: 'listed' | 'ransomware' }> = {}): Partial<FeedView> => ({
  cves: { value: { asOf, byId } },
});
const epss = (asOf: string, byId: Record<string, number>): Partial<FeedView> => ({ epss: { value: { asOf, byId } } });
const feeds = (...changes: Partial<FeedView>[]): Partial<Facts> => ({ feeds: Object.assign({}, silent, ...changes) });
const catalogue = (change: Partial<MissingByCatalogue>): Partial<FeedView> => ({
  catalogue: { value: { asOf: today, missing: [], doubtful: [], holes: [], withoutUpdate: [], ...change } },
});
const listed = cves(today, { 'CVE-1': { exploited: 'listed' }, 'CVE-2': { exploited: 'ransomware' } });
const wellFed = [cves(today), epss(today, { 'CVE-1': 0.4, 'CVE-2': 0.9, 'CVE-3': 0 })];
const hole = ['one superseded two', 'two superseded three', 'three superseded four', 'four superseded five'];
/** A good scan of half a day and more ago. */
const old = (facts = windowsFacts()) => reportAt(facts, '2026-11-19T18:00:00Z');

describeReadings('missing updates by the scan', [
  ['nothing', all, windowsFacts()],
  ['nothing, with feeds', all, windowsFacts(), feeds(...wellFed)],
  ...(['low', 'moderate', 'unspecified', 'important', 'critical'] as const).map(
    (severity): ReadingCase => [severity, ['missing'], pending(update('KB1', 'low'), update('KB2', severity))],
  ),
  ['a scan that nobody could read', all, lost],
  ['a scan that nobody could read, with feeds', all, lost, feeds(...wellFed)],
  ['a good scan of long ago', all, windowsFacts(), old()],
  ['a bad scan of long ago', all, windowsFacts(), old(pending(update('KB1', 'important', 'CVE-2017-0144')))],
  ['the excerpt of the policy', all, pending(update('KB1', 'critical', 'CVE-2017-0144'))],
  ['a listed CVE', all, pending(update('KB1', 'low', 'CVE-1', 'CVE-9')), feeds(listed)],
  [
    'CVEs listed twice, one of them used by ransomware',
    all,
    pending(update('KB1', 'low', 'CVE-2', 'CVE-1'), update('KB2', 'low', 'CVE-1')),
    feeds(listed),
  ],
  [
    'a CVE that only the feed names',
    all,
    pending(update('KB1', 'low')),
    feeds(listed, { cvesOfUpdates: { KB1: ['CVE-1'] } }),
  ],
  [
    'a CVE that the feed names otherwise',
    all,
    pending(update('KB1', 'low', 'CVE-9')),
    feeds(listed, { cvesOfUpdates: { KB1: ['CVE-1'] } }),
  ],
  ['a CVE that is not listed', all, pending(update('KB1', 'low', 'CVE-9')), feeds(listed)],
  ['a list of thirty days', all, pending(update('KB1', 'low', 'CVE-9')), feeds(cves('2026-10-21T06:10:00.000Z'))],
  [
    'a list of almost thirty days',
    all,
    pending(update('KB1', 'low', 'CVE-9')),
    feeds(cves('2026-10-21T06:10:00.001Z')),
  ],
  [
    'an old list that lists one',
    all,
    pending(update('KB1', 'low', 'CVE-1', 'CVE-9')),
    feeds(cves('2026-01-01', { 'CVE-1': { exploited: 'listed' } })),
  ],
  [
    'an old list that lists the worst',
    all,
    pending(update('KB1', 'low', 'CVE-1', 'CVE-9')),
    feeds(cves('2026-01-01', { 'CVE-1': { exploited: 'ransomware' } })),
  ],
  [
    'an old list that lists all',
    all,
    pending(update('KB1', 'low', 'CVE-1')),
    feeds(cves('2026-01-01', { 'CVE-1': { exploited: 'listed' } })),
  ],
  ['no list', all, pending(update('KB1', 'low', 'CVE-9')), feeds()],
  [
    'critical CVEs with a forecast',
    all,
    pending(update('KB1', 'critical', 'CVE-1', 'CVE-3'), update('KB2', 'low', 'CVE-2')),
    feeds(...wellFed),
  ],
  [
    'critical CVEs, one without a forecast',
    all,
    pending(update('KB1', 'critical', 'CVE-1', 'CVE-9')),
    feeds(...wellFed),
  ],
  [
    'forecasts of long ago',
    all,
    pending(update('KB1', 'critical', 'CVE-1')),
    feeds(cves(today), epss('2026-01-01', { 'CVE-1': 0.4 })),
  ],
  ['forecasts that nobody could read', all, pending(update('KB1', 'critical', 'CVE-1')), feeds(cves(today))],
] satisfies ReadingCase[]);

const twoMissing = [
  bulletin('KB2', 'important', 'CVE-1'),
  bulletin('KB1', 'critical', 'CVE-3'),
  bulletin('KB2', 'low'),
];
describeReadings('missing updates by the catalogue', [
  ['nothing', all, lost, { ...feeds(...wellFed, catalogue({})), ...reportAt(lost, '2026-11-20T06:00:00Z') }],
  ['two updates', all, lost, feeds(...wellFed, catalogue({ missing: twoMissing }))],
  ['a listed CVE', all, lost, feeds(listed, catalogue({ missing: twoMissing }))],
  [
    'one that may be missing',
    all,
    lost,
    feeds(...wellFed, catalogue({ doubtful: [bulletin('KB3', 'critical', 'CVE-2')], holes: hole })),
  ],
  [
    'one that may be missing, and is listed',
    all,
    lost,
    feeds(listed, catalogue({ doubtful: [bulletin('KB3', 'critical', 'CVE-2')], holes: hole.slice(0, 1) })),
  ],
  [
    'one that is missing and one that may be',
    all,
    lost,
    feeds(
      listed,
      catalogue({
        missing: [bulletin('KB1', 'moderate', 'CVE-1')],
        doubtful: [bulletin('KB3', 'critical', 'CVE-2')],
        holes: ['a'],
      }),
    ),
  ],
  [
    'one that may be missing and is no worse',
    all,
    lost,
    feeds(
      ...wellFed,
      catalogue({
        missing: [bulletin('KB1', 'critical', 'CVE-2')],
        doubtful: [bulletin('KB3', 'low', 'CVE-1')],
        holes: ['a'],
      }),
    ),
  ],
  ['a CVE without an update', all, lost, feeds(listed, catalogue({ withoutUpdate: ['CVE-2'] }))],
  ['a CVE without an update, that nobody lists', all, lost, feeds(listed, catalogue({ withoutUpdate: ['CVE-9'] }))],
  ['no list of exploited ones', all, lost, feeds(catalogue({ missing: [bulletin('KB1', 'low', 'CVE-9')] }))],
  [
    'a catalogue of long ago',
    all,
    lost,
    feeds(...wellFed, catalogue({ asOf: '2026-01-01T00:00:00Z', missing: twoMissing })),
  ],
  [
    'a catalogue of long ago that knows nothing',
    all,
    lost,
    feeds(...wellFed, catalogue({ asOf: '2026-01-01T00:00:00Z' })),
  ],
  ['a list of installed updates of long ago', all, lost, { ...feeds(...wellFed, catalogue({})), ...old(lost) }],
  [
    'a bad scan of long ago beside it',
    all,
    windowsFacts(),
    { ...feeds(listed, catalogue({})), ...old(pending(update('KB9', 'low', 'CVE-1'))) },
  ],
  [
    'a scan that is certain needs no catalogue',
    all,
    windowsFacts(),
    feeds(...wellFed, catalogue({ missing: twoMissing })),
  ],
] satisfies ReadingCase[]);
