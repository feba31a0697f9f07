import type { SiteConstant } from '@lunwarden/contract';

const groups: Readonly<Record<string, string>> = {
  weights: 'Weights, 0 to 1',
  floors: 'Floors of the score',
  levelBounds: 'Lowest score of each level',
  patchBounds: 'Lowest patch exposure of each word',
  freshness: 'How long facts count as good',
  osSupport: 'Support of operating systems',
};
const others = 'Other';

const minute = 60_000;
const hour = 60 * minute;

/** Constants under a heading, in the order of the policy. */
export function groupsOf(constants: readonly SiteConstant[]): { title: string; constants: SiteConstant[] }[] {
  const found = new Map<string, SiteConstant[]>();
  for (const constant of constants) {
    const title = groups[constant.path.split('.')[0] ?? ''] ?? others;
    found.set(title, [...(found.get(title) ?? []), constant]);
  }
  return [...found].map(([title, own]) => ({ title, constants: own }));
}

/** Whether the value is a span of time in ms. */
export const isSpan = (path: string): boolean => path.endsWith('Ms');

/** A value as people read it; a span of time in hours or minutes beside it. */
export function valueText(path: string, value: number): string {
  if (!isSpan(path)) return String(value);
  return value % hour === 0 ? `${value / hour} h` : `${Math.round((value / minute) * 10) / 10} min`;
}

/** What somebody types for a constant: minutes for a span, else the number itself. */
export const typedOf = (path: string, value: number): string => String(isSpan(path) ? value / minute : value);

/** The number that was typed; NaN for what is none, which no bound lets through. */
export function valueOfTyped(path: string, typed: string): number {
  if (typed.trim() === '') return Number.NaN;
  return isSpan(path) ? Math.round(Number(typed) * minute) : Number(typed);
}

export const isChanged = ({ current, standard }: SiteConstant): boolean => current !== standard;
