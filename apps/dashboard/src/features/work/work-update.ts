import { FindingUpdate } from '@lunwarden/contract';
import { errorsByField } from '../../ui/field-errors.js';

export const settable = ['open', 'acknowledged', 'in-progress', 'accepted'] as const;
export type Settable = (typeof settable)[number];

/** The longest that a risk may be accepted. */
export const longestDays = 90;
const dayMs = 86_400_000;

export type WorkFields = { state: Settable; note: string; days: string };

/** What was typed, as the API wants it, or what is wrong with each field. `now` in ms since 1970. */
export function readUpdate(
  { state, note, days }: WorkFields,
  version: number,
  now: number,
): { update: FindingUpdate } | { errors: Record<string, string> } {
  const count = Number(days);
  if (state === 'accepted' && !(Number.isInteger(count) && count >= 1 && count <= longestDays)) {
    return { errors: { until: `A whole number of days, 1 to ${longestDays}` } };
  }
  const words = note.trim();
  const read = FindingUpdate.safeParse({
    version,
    state,
    ...(words === '' && state !== 'accepted' ? {} : { note: words }),
    // A minute less, so that the longest acceptance is not refused for the time that the request takes.
    ...(state === 'accepted' ? { until: new Date(now + count * dayMs - 60_000).toISOString() } : {}),
  });
  return read.success ? { update: read.data } : { errors: errorsByField(read.error) };
}
