import type { Evidence as Seen } from '@lunwarden/contract';
import { absoluteText } from './instant.js';

/** What was looked at, where, when; a disclosure, so that it works with a keyboard and in print. */
export function Evidence({ evidence }: { evidence: readonly Seen[] }) {
  if (evidence.length === 0) return <span className="dim">none</span>;
  return (
    <ul className="stack plain">
      {evidence.map((seen) => (
        <li key={`${seen.source} ${seen.text}`}>
          {seen.text}
          <br />
          <span className="dim">
            {seen.source} · {seen.observedAt === null ? 'time unknown' : absoluteText(seen.observedAt)}
          </span>
        </li>
      ))}
    </ul>
  );
}
