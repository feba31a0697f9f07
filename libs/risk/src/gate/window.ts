import type { GateReason } from '@lunwarden/contract';
import { instantText } from '../instant-text.js';

/** A change window as one host sees it; instants are ISO. */
export type WindowOfHost = {
  startsAt: string;
  endsAt: string;
  /** Whether the host is among those that may be patched in it. */
  includesHost: boolean;
};

export function windowReasons(
  { startsAt, endsAt, includesHost }: WindowOfHost,
  now: number,
  asksNow: boolean,
): GateReason[] {
  const reasons: GateReason[] = [];
  const blocks = (code: string, text: string) => reasons.push({ code, effect: 'blocks', text });
  if (!includesHost) blocks('host-not-in-window', 'The window is not for this host: choose one that names it.');
  // An instant that is none must not read as "open".
  if (!(now < Date.parse(endsAt))) blocks('window-over', `The window ended at ${instantText(endsAt)}.`);
  else if (asksNow && !(now >= Date.parse(startsAt)))
    blocks('window-not-open', `The window opens at ${instantText(startsAt)}: ask again then, or ask for a plan.`);
  return reasons;
}
