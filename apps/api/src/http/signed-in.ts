import type { Principal, SessionPrincipal } from '../http/principal.js';
import { Refusal } from '../http/refusal.js';

/** The guard has seen to it that a person speaks; the type has not. @throws Refusal forbidden */
export function signedIn(who: Principal): SessionPrincipal {
  if (who.kind !== 'user') throw new Refusal('forbidden', 'Only a signed-in person may do this.');
  return who;
}
