import { createContext, use } from 'react';

/** The page's idea of now, in ms since 1970: the server's clock, moved on by a timer. */
export const NowContext = createContext<number>(Date.now());

const absolute = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const relative = new Intl.RelativeTimeFormat('en-GB', { numeric: 'always', style: 'short' });
const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' });

const steps = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

export function agoText(at: number, now: number): string {
  const distance = at - now;
  if (distance > 300_000) return `clock skew: ${relative.format(Math.trunc(distance / 60_000), 'minute')}`;
  for (const [unit, length] of steps) {
    if (Math.abs(distance) >= length) return relative.format(Math.trunc(distance / length), unit);
  }
  return 'just now';
}

/** `2 hr`, `under a minute`, `over`. */
export function leftText(left: number): string {
  if (left <= 0) return 'over';
  const [unit, length] = steps.find(([, step]) => left >= step) ?? ['minute', 60_000];
  return left < 60_000 ? 'under a minute' : relative.format(Math.trunc(left / length), unit);
}

export const clockText = (at: number): string => clock.format(at);
export const absoluteText = (at: string): string => absolute.format(new Date(at));

const two = (part: number) => String(part).padStart(2, '0');

/** `1 h 05 min`, `4 min 09 s`, `over`: exact to the second in its last hour. */
export function countdownText(left: number): string {
  if (left <= 0) return 'over';
  const seconds = Math.trunc(left / 1000);
  const minutes = Math.trunc(seconds / 60);
  if (minutes < 60) return `${minutes} min ${two(seconds % 60)} s`;
  return `${Math.trunc(minutes / 60)} h ${two(minutes % 60)} min`;
}

/** How long something still holds; who wants seconds hands down a NowContext that moves every second. */
export function Countdown({ at }: { at: string }) {
  const now = use(NowContext);
  return (
    <time dateTime={at} title={`${absoluteText(at)} local, ${at} UTC`} className="num">
      {countdownText(Date.parse(at) - now)}
    </time>
  );
}

/** How long until an instant, or that it has passed. */
export function Until({ at }: { at: string }) {
  const now = use(NowContext);
  return (
    <time dateTime={at} title={`${absoluteText(at)} local, ${at} UTC`}>
      {leftText(Date.parse(at) - now)}
    </time>
  );
}

/** How long ago, with local and UTC time as its tooltip; "never" is a word, not a blank. */
export function Ago({ at, never = 'never' }: { at: string | null; never?: string }) {
  const now = use(NowContext);
  if (at === null) return <span className="dim">{never}</span>;
  return (
    <time dateTime={at} title={`${absoluteText(at)} local, ${at} UTC`}>
      {agoText(Date.parse(at), now)}
    </time>
  );
}
