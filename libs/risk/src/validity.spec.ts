import type { WindowsFacts } from '@lunwarden/contract';
import { daysBefore, hostOf, storyNow, vmfsDisk, windowsBootDisk, windowsFacts } from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import { assess } from './assess.js';
import type { ChangeView } from './facts/change-view.js';
import type { FeedView } from './facts/feed-view.js';
import type { Facts } from './facts.js';
import { unknown } from './testing/cases.js';
import { around, esxi, records } from './testing/products.js';
import { reportAt } from './testing/readings.js';

const hour = 3_600_000;
const day = 24 * hour;
const after = (ms: number, from: string = storyNow): string => new Date(Date.parse(from) + ms).toISOString();
/** A host of which nothing but the horizon of a day ends, however it is judged. */
const lasting = windowsFacts({ lastUpdateSuccessAt: { value: daysBefore(1) } });
const horizon = after(day);
const validity = (around: Partial<Facts> = {}, facts = lasting) =>
  assess({ ...hostOf(facts), ...around }, storyNow).validity;
const calendar = (around: Partial<Facts>, facts = lasting) => validity(around, facts).calendarUntil;
const planned = (startsAt: string, endsAt: string, change: Partial<ChangeView> = {}) =>
  records({ window: { value: { name: 'November', startsAt, endsAt } }, jobs: unknown, ...change });

it('a verdict is asked for again after a day, whatever it leans on', () => {
  expect(validity()).toEqual({ reportMs: 3 * hour, mapUntil: null, calendarUntil: horizon });
});

describe('a change window ends a verdict', () => {
  it.each([
    ['three days before it, when it comes near', 73, 1],
    ['a day before it, when a pre-flight is asked for', 30, 6],
    ['as it opens', 5, 5],
  ])('%s', (_when, startsIn, endsIn) => {
    expect(calendar(planned(after(startsIn * hour), after(200 * hour)))).toBe(after(endsIn * hour));
  });

  it('as it closes', () => {
    expect(calendar(planned(after(-hour), after(2 * hour)))).toBe(after(2 * hour));
  });

  it('two hours after it, when nobody has looked', () => {
    const ended = { value: { name: 'x', startsAt: after(-4 * hour), endsAt: after(-hour) } };
    expect(calendar(records({ ended }))).toBe(after(hour));
  });

  it('when what was seen of the jobs is a quarter of an hour old, as long as one is planned', () => {
    const jobs = { value: { areEnabled: false, runningTasks: 0, at: after(-10 * 60_000) } };
    expect(calendar(planned(after(-hour), after(2 * hour), { jobs }))).toBe(after(5 * 60_000));
    expect(calendar(planned(after(-hour), after(2 * hour), { jobs: unknown }))).toBe(after(2 * hour));
    expect(calendar(records({ jobs }))).toBe(horizon);
    expect(calendar(records({ window: unknown, jobs }))).toBe(horizon);
  });

  it('by no date that nobody can read', () => {
    expect(calendar(planned('soon', 'later'))).toBe(horizon);
    expect(calendar(records({ window: unknown, ended: unknown, exceptions: unknown, refusals: unknown }))).toBe(
      horizon,
    );
  });
});

describe('the records of a host end a verdict', () => {
  it('as an exception ends', () => {
    const exceptions = { value: [{ name: 'x', expiresAt: after(3 * hour), closedAt: null }] };
    expect(calendar(records({ exceptions }))).toBe(after(3 * hour));
  });

  it('as a refusal is a week old', () => {
    const refusals = { value: [{ at: after(4 * hour - 7 * day), reason: 'signature' }] };
    expect(calendar(records({ refusals }))).toBe(after(4 * hour));
  });

  it('as what the backup product said grows old', () => {
    const told = around({});
    const product = told.product && { ...told.product, observedAt: after(-hour) };
    expect(calendar({ product })).toBe(after(day - hour));
    expect(calendar({ product: product && { ...product, observedAt: null } })).toBe(horizon);
    expect(calendar({ product: product && { ...product, observedAt: 'yesterday' } })).toBe(horizon);
  });
});

describe('the calendar ends a verdict', () => {
  const updated = (at: string | null, change: Partial<WindowsFacts> = {}) =>
    windowsFacts({ lastUpdateSuccessAt: { value: at }, ...change });

  it('as the last update grows older than the next step of its age', () => {
    expect(calendar({}, updated(after(2 * hour - 35 * day)))).toBe(after(2 * hour));
    expect(calendar({}, updated(after(2 * hour - 65 * day)))).toBe(after(2 * hour));
    expect(calendar({}, updated(null))).toBe(horizon);
    expect(calendar({}, updated(after(2 * hour - 35 * day), { lastUpdateSuccessAt: unknown }))).toBe(horizon);
  });

  it('not for a host whose report is too old to prove any of it', () => {
    const facts = updated(after(2 * hour - 35 * day));
    expect(calendar(reportAt(facts, after(-2 * day)), facts)).toBe(horizon);
  });

  it('a year before the support of its system ends', () => {
    const server2016 = { caption: '2016', version: '10.0.14393', ubr: 1, edition: 'x', productType: 'server' } as const;
    const now = '2027-01-12T22:50:00.000Z';
    const facts = windowsFacts({ os: { value: server2016 }, lastUpdateSuccessAt: { value: daysBefore(1, now) } });
    const host = { ...hostOf(facts), ...reportAt(facts, now) };
    expect(assess(host, now).validity.calendarUntil).toBe('2027-01-13T00:00:00.000Z');
  });

  it('as a feed that clears something grows old', () => {
    const feeds = around({}).feeds as FeedView;
    const until = (change: Partial<FeedView>) => calendar({ feeds: { ...feeds, ...change } });
    const month = after(hour - 30 * day);
    expect(until({ cves: { value: { asOf: month, byId: {} } } })).toBe(after(hour));
    expect(until({ epss: { value: { asOf: month, byId: {} } } })).toBe(after(hour));
    const bulletins = { missing: [], doubtful: [], holes: [], withoutUpdate: [] };
    expect(until({ catalogue: { value: { asOf: after(hour - 45 * day), ...bulletins } } })).toBe(after(hour));
    expect(until({})).toBe(horizon);
  });
});

describe('the report ends a verdict', () => {
  it('by whatever of it expires first, and no later than that', () => {
    const at = (observedAt: string | null) =>
      assess({ ...hostOf(lasting), ...reportAt(lasting, observedAt) }, storyNow);
    expect(at(after(-hour))).toMatchObject({ validity: { reportMs: 3 * hour }, validUntil: after(2 * hour) });
    expect(at(after(-4 * hour))).toMatchObject({ validity: { reportMs: 12 * hour }, validUntil: after(8 * hour) });
    expect(at(after(-13 * hour))).toMatchObject({ validity: { reportMs: day }, validUntil: after(11 * hour) });
    for (const age of [after(-day), null])
      expect(at(age)).toMatchObject({ validity: { reportMs: null }, validUntil: horizon });
  });
});

describe('a map ends a verdict', () => {
  const beside = windowsFacts({ disks: { value: [windowsBootDisk(), vmfsDisk(1)] } });
  const map = (collectedAt: string | null) => {
    const { map } = hostOf(beside);
    return { map: { ...map, vcenters: map.vcenters.map((one) => ({ ...one, collectedAt })) } };
  };

  it('two hours after it was collected, where a LUN leans on it', () => {
    expect(validity(map(after(-hour)), beside).mapUntil).toBe(after(hour));
    expect(validity(map(after(-hour)), windowsFacts()).mapUntil).toBeNull();
    expect(validity(map(after(-hour)), windowsFacts({ disks: unknown })).mapUntil).toBe(after(hour));
  });

  it('no more where it is too old already, or has no readable date', () => {
    for (const at of [after(-3 * hour), after(-2 * hour), 'yesterday', null])
      expect(validity(map(at), beside).mapUntil).toBeNull();
  });

  it('also where only the inventory of the vCenters was asked', () => {
    const told = (observedAt: string) => {
      const { inventory } = esxi({});
      return { inventory: inventory && { ...inventory, observedAt } };
    };
    expect(validity(told(after(-hour))).mapUntil).toBe(after(hour));
    expect(validity(told('yesterday')).mapUntil).toBeNull();
  });
});
