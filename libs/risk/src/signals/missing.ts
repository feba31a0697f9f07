import type { PendingUpdate } from '@lunwarden/contract';
import type { CatalogueUpdate } from '../facts/feed-view.js';
import { listed } from '../judging.js';
import type { Missing } from '../model.js';
import { grade, mapTold, type Reading, type Told } from '../reading.js';
import type { Source } from '../signals.js';
import type { Lacking } from './lacking.js';

const order: readonly Missing[] = ['none', 'low', 'moderate', 'unspecified', 'important', 'critical'];

/** The worst severity among the updates that a host lacks. */
export function missingReading(lacking: Lacking, scan: Told<PendingUpdate[]>, source: Source): Reading<Missing> {
  const { observedAt } = source;
  if (lacking.by === 'catalogue') return byCatalogue(lacking, observedAt);
  return grade<Missing>(mapTold(scan, worstOf), {
    worst: 'critical',
    best: 'none',
    isBad: (severity) => severity !== 'none',
    say: (severity) =>
      severity === 'none' ? 'No update is missing' : `Updates are missing, the worst of them rated ${severity}`,
    name: 'Which updates are missing is',
    source: 'update scan of the host',
    observedAt,
  });
}

function byCatalogue({ sure, more, why }: Lacking, observedAt: string | null): Reading<Missing> {
  const best = worstOf(sure);
  const worst = more === null ? 'critical' : worstOf([...sure, ...more]);
  const state = best !== 'none' ? 'bad' : worst === 'none' ? 'good' : 'unknown';
  const text = wordsOf({ sure, more, why }, state, best);
  const source = 'installed updates and the catalogue of bulletins';
  return { worst, best, state, isKnown: worst === best, text, evidence: [{ text, source, observedAt }] };
}

function wordsOf(
  { sure, more, why }: Pick<Lacking, 'sure' | 'more' | 'why'>,
  state: Reading<Missing>['state'],
  best: Missing,
): string {
  const doubt = why === '' ? '' : `; not known whether more: ${why}`;
  if (state === 'good') return 'No update of the catalogue is missing';
  if (state === 'bad')
    return `Updates of the catalogue are missing, the worst of them rated ${best}: ${named(sure)}${doubt}`;
  const suspects = more === null || more.length === 0 ? '' : `; may be missing: ${named(more)}`;
  return `Which updates are missing is not known: ${why}${suspects}`;
}

const named = (updates: readonly CatalogueUpdate[]): string =>
  listed([...new Set(updates.map(({ id }) => id))].toSorted());

function worstOf(updates: readonly Pick<PendingUpdate, 'severity'>[]): Missing {
  const ranks = updates.map(({ severity }) => order.indexOf(severity));
  return order[Math.max(0, ...ranks)] ?? 'critical';
}
