type Expiring = { validUntil: string };

/** When the next verdict runs out, in ms since 1970; null = none will. */
export function nextExpiry(hosts: Iterable<Expiring>, now: number): number | null {
  let next: number | null = null;
  for (const { validUntil } of hosts) {
    const at = Date.parse(validUntil);
    if (at > now && (next === null || at < next)) next = at;
  }
  return next;
}

/** Hosts also fall silent by the clock, which is worth a look this often. */
const lookAgainMs = 30_000;

/** How long a page may rest until something that it shows may have run out: exact for verdicts. */
export function restMs(hosts: Iterable<Expiring>, now: number): number {
  const next = nextExpiry(hosts, now);
  return next === null ? lookAgainMs : Math.min(next - now + 1, lookAgainMs);
}
