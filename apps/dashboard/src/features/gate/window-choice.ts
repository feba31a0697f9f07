import type { ChangeWindow } from '@lunwarden/contract';

/** Windows in which this host may be patched and that are not over at `now` (ms since 1970), the first to open on top. */
export function windowsOf(windows: readonly ChangeWindow[], hostId: string, now: number): ChangeWindow[] {
  return windows
    .filter(({ hostIds, endsAt }) => (hostIds === null || hostIds.includes(hostId)) && Date.parse(endsAt) > now)
    .sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt) || Date.parse(a.endsAt) - Date.parse(b.endsAt));
}

/** The window that somebody chose, though it be over or for others; else the first of the host's own; null = there is none. */
export function chosenWindow(
  windows: readonly ChangeWindow[],
  own: readonly ChangeWindow[],
  chosen: string | undefined,
): ChangeWindow | null {
  return windows.find(({ id }) => id === chosen) ?? own[0] ?? null;
}
