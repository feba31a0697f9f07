import type { HostSummary } from '@lunwarden/contract';
import { useMemo, useState } from 'react';

/** The rows in a kept order of their ids; those that it does not know stand behind, in the order in which they came. */
export function inKeptOrder(rows: readonly HostSummary[], ids: readonly string[]): HostSummary[] {
  const places = new Map(ids.map((id, place) => [id, place]));
  const place = ({ hostId }: HostSummary) => places.get(hostId) ?? ids.length;
  return [...rows].sort((a, b) => place(a) - place(b));
}

/**
 * Live rows that do not move under a pointer or a focus: while `isHeld`, each keeps its place and shows its new values.
 * `view` names what was asked for (filter and order); another view takes effect at once.
 */
export function useHeldOrder(sorted: readonly HostSummary[], view: string, isHeld: boolean) {
  const [kept, setKept] = useState<{ view: string; ids: readonly string[] } | null>(null);
  const keep = () => setKept({ view, ids: sorted.map(({ hostId }) => hostId) });
  if (isHeld && kept?.view !== view) keep();
  if (!isHeld && kept !== null) setKept(null);
  const rows = useMemo(
    () => (kept === null || kept.view !== view ? sorted : inKeptOrder(sorted, kept.ids)),
    [sorted, kept, view],
  );
  const hasMoved = rows !== sorted && rows.some(({ hostId }, place) => hostId !== sorted[place]?.hostId);
  return { rows, hasMoved, resort: keep };
}
