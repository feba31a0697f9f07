import type { GateReason } from '@lunwarden/contract';
import type { Facts } from '../facts.js';
import { instantText } from '../instant-text.js';

/** A request for facts observed from `requestedAt` on, and the report that carried its nonce; instants are ISO. */
export type PreflightOfHost = { requestedAt: string; observedAt: string | null };

/** R12: an answered pre-flight counts for an hour after its facts were true; one without an answer lapses as soon. */
export const preflightMs = 60 * 60_000;

/** Until when it counts, or until when an answer is awaited. */
export const preflightUntil = ({ requestedAt, observedAt }: PreflightOfHost): number =>
  Date.parse(observedAt ?? requestedAt) + preflightMs;

/** "Safe to patch now" takes facts that were observed after somebody asked for them. */
export function preflightReasons(preflight: PreflightOfHost | null, { report }: Facts, now: number): GateReason[] {
  const unknown = (code: string, text: string): GateReason[] => [{ code, effect: 'unknown', text }];
  if (preflight === null)
    return unknown('pre-flight', 'Nobody asked this host for a pre-flight: request one, and wait for its next report.');
  const requestedAt = Date.parse(preflight.requestedAt);
  const answeredAt = preflight.observedAt === null ? Number.NaN : Date.parse(preflight.observedAt);
  if (!(now < preflightUntil(preflight)))
    return unknown(
      'pre-flight',
      `The pre-flight of ${instantText(preflight.requestedAt)} is over an hour old: request a new one.`,
    );
  if (!(answeredAt >= requestedAt))
    return unknown(
      'pre-flight',
      `The host has not answered the pre-flight of ${instantText(preflight.requestedAt)} yet.`,
    );
  // The report in force may be another one than that which answered.
  const observedAt = report?.observedAt ? Date.parse(report.observedAt) : Number.NaN;
  if (!(observedAt >= requestedAt))
    return unknown('pre-flight', 'The facts in force were observed before the pre-flight was requested.');
  return [];
}
