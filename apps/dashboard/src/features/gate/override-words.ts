import type { GateOverride, Level, OverrideList } from '@lunwarden/contract';

export type ListedOverride = OverrideList['overrides'][number];

/** An agreed override is a risk that people take: it is never drawn as good. */
export const overrideWords: Record<GateOverride['state'], { word: string; level: Level }> = {
  'awaiting-second-person': { word: 'Awaits a second person', level: 'unknown' },
  approved: { word: 'In force: two people agreed', level: 'high' },
  revoked: { word: 'Taken back', level: 'low' },
  expired: { word: 'Run out', level: 'low' },
};

/** Whether anything can still be done about it. */
export const isOpen = ({ state }: Pick<GateOverride, 'state'>): boolean =>
  state === 'awaiting-second-person' || state === 'approved';

/** As it may be read at `now` (ms since 1970): the end comes by the clock, though the server has not said so again. */
export function overrideAt<O extends Pick<GateOverride, 'state' | 'expiresAt'>>(override: O, now: number): O {
  return isOpen(override) && Date.parse(override.expiresAt) <= now ? { ...override, state: 'expired' } : override;
}
