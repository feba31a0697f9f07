import type { ChangeWindow } from './facts/change-view.js';
import type { Subject } from './judging.js';
import { recorded } from './outside.js';
import { mapTold } from './reading.js';
import type { RuleContext } from './rule.js';

/** A change window as it lies at the time of the question; `untilMs` = until it starts. */
export type PlacedWindow = ChangeWindow & ({ phase: 'later'; untilMs: number } | { phase: 'running' | 'over' });

/** The change window that our records name for this host; null = none was ever planned. */
export function changeWindow({ facts, asOf }: Pick<RuleContext, 'facts' | 'asOf'>): Subject<PlacedWindow | null> {
  const told = mapTold(recorded(facts.change?.window), (window) => (window === null ? null : place(window, asOf)));
  return { name: 'Whether a change is planned is', source: 'change records', at: null, told };
}

function place(window: ChangeWindow, asOf: number): PlacedWindow {
  const untilMs = Date.parse(window.startsAt) - asOf;
  if (untilMs > 0) return { ...window, phase: 'later', untilMs };
  // A window whose end nobody can read is not over.
  return { ...window, phase: Date.parse(window.endsAt) <= asOf ? 'over' : 'running' };
}
