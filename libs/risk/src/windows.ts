import type { ChangeWindow } from './facts/change-view.js';
import type { Subject } from './judging.js';
import { recorded } from './outside.js';
import { mapTold } from './reading.js';
import type { RuleContext } from './rule.js';

const hour = 3_600_000;

/** From how long before its start a window asks for guards in order, and for a pre-flight check. */
export const windowNearMs = 72 * hour;
export const windowChecksMs = 24 * hour;
/** So long a host may take to come back and report after a window. */
export const windowGraceMs = 2 * hour;

/** A change window as it lies at the time of the question; `untilMs` = until it starts. */
export type PlacedWindow = ChangeWindow & ({ phase: 'later'; untilMs: number } | { phase: 'running' | 'over' });

const subject = { name: 'Whether a change is planned is', source: 'change records', at: null };

/** The change window that our records name for this host; null = none is planned. */
export function changeWindow({ facts, asOf }: Pick<RuleContext, 'facts' | 'asOf'>): Subject<PlacedWindow | null> {
  const told = mapTold(recorded(facts.change?.window), (window) => (window === null ? null : place(window, asOf)));
  return { ...subject, told };
}

/** The last change window of this host that ended; null = none did. */
export const endedWindow = ({ facts }: Pick<RuleContext, 'facts'>): Subject<ChangeWindow | null> => ({
  ...subject,
  told: recorded(facts.change?.ended),
});

function place(window: ChangeWindow, asOf: number): PlacedWindow {
  const untilMs = Date.parse(window.startsAt) - asOf;
  if (untilMs > 0) return { ...window, phase: 'later', untilMs };
  // A window whose end nobody can read is not over.
  return { ...window, phase: Date.parse(window.endsAt) <= asOf ? 'over' : 'running' };
}
