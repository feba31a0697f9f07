/** Full jitter: anywhere between nothing and a bound that doubles, so that a fleet of browsers does not come back at once. */
export function backoffMs(attempt: number, random: () => number, { baseMs = 500, capMs = 30_000 } = {}): number {
  return random() * Math.min(capMs, baseMs * 2 ** attempt);
}
