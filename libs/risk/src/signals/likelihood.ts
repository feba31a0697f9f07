import type { CatalogueUpdate } from '../facts/feed-view.js';
import { aged } from '../outside.js';
import { type Reading, settled } from '../reading.js';
import type { Source } from '../signals.js';
import type { Lacking } from './lacking.js';

/** Likeliest exploitation within 30 days (EPSS, 0..1) among what missing critical updates fix; null = they name no CVE. */
export type Likelihood = number | null;

/**
 * What is listed as exploited needs no forecast, so that this only adds where KEV is silent. A score that is old still
 * stands; one that is not there may be anything. Without any feed nobody forecasts.
 */
export function likelihoodReading({ sure, more }: Lacking, source: Source): Reading<Likelihood> {
  const { epss } = source.facts.feeds ?? {};
  if (epss === undefined) return settled<Likelihood>(null);
  const [named, maybe] = [criticalCves(sure), criticalCves(more ?? [])];
  const scores = 'value' in epss ? epss.value.byId : {};
  const best = named.length === 0 ? null : Math.max(...named.map((cve) => scores[cve] ?? 0));
  const isFresh = 'value' in epss && isGood(epss.value.asOf, source);
  const all = [...named, ...maybe];
  const isScored = isFresh && all.every((cve) => scores[cve] !== undefined);
  const highest = all.length === 0 ? null : Math.max(...all.map((cve) => scores[cve] ?? 0));
  const worst = more === null || !(isScored || all.length === 0) ? 1 : highest;
  const state = worst === null ? 'good' : worst === best ? 'bad' : 'unknown';
  const text = textOf(worst, best);
  const evidence = [{ text, source: 'FIRST EPSS', observedAt: null }];
  return { worst, best, state, isKnown: worst === best, text, evidence: text === '' ? [] : evidence };
}

const criticalCves = (updates: readonly CatalogueUpdate[]): string[] => [
  ...new Set(updates.flatMap(({ severity, cves }) => (severity === 'critical' ? cves : []))),
];

const isGood = (day: string, source: Source): boolean =>
  aged(source, 'feedMs', { known: { value: null }, at: day }).kind === 'certain';

function textOf(worst: Likelihood, best: Likelihood): string {
  if (worst === null) return '';
  if (worst !== best) return 'how likely the others are exploited soon is not known';
  return `the likeliest of the critical others is exploited within 30 days with ${Math.round(worst * 100)} % (EPSS)`;
}
