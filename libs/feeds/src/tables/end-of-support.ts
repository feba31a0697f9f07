import type { SupportEntry } from '../end-of-support.js';
import type { FeedEntry } from '../feed.js';

const of = (product: string, cycles: Record<string, readonly [string, string?]>): FeedEntry<SupportEntry>[] =>
  Object.entries(cycles).map(([cycle, [endsOn, extendedEndsOn = null]]) => ({
    key: `${product}/${cycle}`,
    body: { endsOn, extendedEndsOn },
  }));

/** Bundled, so that a first start without network knows the products in question. Source: endoflife.date, read on `asOf`. */
export const bundledEndOfSupport: { asOf: string; entries: FeedEntry<SupportEntry>[] } = {
  asOf: '2026-08-22T00:00:00.000Z',
  entries: [
    ...of('windows-server', {
      '2025': ['2034-11-14'],
      '23h2-ac': ['2025-10-24'],
      '2022': ['2031-10-14'],
      '2019': ['2029-01-09'],
      '2016': ['2027-01-12', '2030-01-12'],
      '2012-r2': ['2023-10-10', '2026-10-13'],
      '2012': ['2023-10-10', '2026-10-13'],
      '2008-r2-sp1': ['2020-01-14', '2023-01-10'],
      '2008-sp2': ['2020-01-14', '2023-01-10'],
    }),
    ...of('windows', {
      '10-22h2': ['2025-10-14', '2028-10-10'],
      '11-24h2-e': ['2027-10-12'],
      '11-25h2-e': ['2028-10-10'],
      '10-21h2-e-lts': ['2027-01-12'],
    }),
    ...of('rhel', { '7': ['2024-06-30'], '8': ['2029-05-31'], '9': ['2032-05-31'], '10': ['2035-05-31'] }),
    ...of('rocky-linux', { '8': ['2029-05-31'], '9': ['2032-05-31'], '10': ['2035-05-31'] }),
    ...of('oracle-linux', { '7': ['2024-12-31'], '8': ['2029-07-31'], '9': ['2032-06-30'] }),
    ...of('ubuntu', {
      // The source tells the month only: its first day is the safe reading.
      '20.04': ['2025-05-31', '2030-04-01'],
      '22.04': ['2027-04-01'],
      '24.04': ['2029-05-31'],
      '26.04': ['2031-04-30'],
    }),
    ...of('debian', {
      '11': ['2024-08-14', '2026-08-31'],
      '12': ['2026-07-11', '2028-06-30'],
      '13': ['2028-08-09'],
    }),
    ...of('sles', {
      '12.5': ['2024-10-31'],
      '15.6': ['2025-12-31'],
      '15.7': ['2031-07-31'],
      '16.0': ['2027-11-30'],
    }),
    ...of('veeam-backup-and-replication', { '11': ['2024-02-01'], '12': ['2027-02-01'], '13': ['2028-11-01'] }),
    ...of('vmware-esxi', {
      '7.0': ['2025-10-02'],
      '8.0': ['2027-10-11'],
      '9.0': ['2027-09-17'],
      '9.1': ['2028-08-12'],
    }),
  ],
};
