import type { ChangeView } from './facts/change-view.js';
import { refusalCountsMs } from './facts/change-view.js';
import type { Source } from './signals.js';
import { windowChecksMs, windowGraceMs, windowNearMs } from './windows.js';

/**
 * Instants, as epoch milliseconds, at which what others say of a host grows old, or its records begin to mean something
 * else: a window comes near, opens, closes, goes unverified; an exception ends.
 */
export function outsideEnds({ facts: { product, change }, policy: { freshness } }: Source): number[] {
  const productAt = product?.observedAt ?? null;
  return [
    ...(productAt === null ? [] : [Date.parse(productAt) + freshness.productMs]),
    ...(change === undefined ? [] : [...changeEnds(change), ...jobsEnd(change, freshness.aliveMs)]),
  ].filter((at) => Number.isFinite(at));
}

function changeEnds({ window, ended, exceptions, refusals }: ChangeView): number[] {
  const planned = 'value' in window && window.value !== null ? [window.value] : [];
  const over = 'value' in ended && ended.value !== null ? [ended.value] : [];
  return [
    ...planned.flatMap(({ startsAt, endsAt }) => {
      const start = Date.parse(startsAt);
      return [start - windowNearMs, start - windowChecksMs, start, Date.parse(endsAt)];
    }),
    ...over.map(({ endsAt }) => Date.parse(endsAt) + windowGraceMs),
    ...('value' in exceptions ? exceptions.value.map(({ expiresAt }) => Date.parse(expiresAt)) : []),
    ...('value' in refusals ? refusals.value.map(({ at }) => Date.parse(at) + refusalCountsMs) : []),
  ];
}

/** Whether jobs run is asked only while a window is open or about to be. */
function jobsEnd({ window, jobs }: ChangeView, ttlMs: number): number[] {
  const isPlanned = 'value' in window && window.value !== null;
  return isPlanned && 'value' in jobs ? [Date.parse(jobs.value.at) + ttlMs] : [];
}
