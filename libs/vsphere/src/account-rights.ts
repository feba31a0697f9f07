import type { AccountRights } from '@lunwarden/contract';
import { clean } from './map/clean-text.js';
import type { Session } from './session.js';
import { leaf, reference } from './soap/envelope.js';
import { isSessionLoss, VimFault } from './soap/vim-fault.js';
import { children } from './soap/xml-element.js';

/** What the built-in role Read-only has: enough for every property that is asked for. */
const needed = ['System.Anonymous', 'System.Read', 'System.View'];
const shown = 20;

/**
 * Asks what the account may do at the root folder (AuthorizationManager.FetchUserPrivilegeOnEntities, vSphere 6.5).
 * @returns null when the vCenter does not tell, which says nothing about the rights.
 */
export async function readRights(session: Session): Promise<AccountRights | null> {
  const { authorizationManager, rootFolder } = session.content;
  if (authorizationManager === null || session.userName === null) return null;
  try {
    const asked = [reference('entities', rootFolder), leaf('userName', session.userName)];
    const result = await session.call('FetchUserPrivilegeOnEntities', authorizationManager, ...asked);
    if (result === null) return null;
    return rightsOf(children(result, 'privileges').map(({ text }) => clean(text, 120)));
  } catch (error) {
    if (error instanceof VimFault && !isSessionLoss(error)) return null;
    throw error;
  }
}

export function rightsOf(privileges: readonly string[]): AccountRights {
  const held = new Set(privileges);
  const excess = [...held].filter((one) => !needed.includes(one)).sort();
  return {
    missing: needed.filter((one) => !held.has(one)),
    excess: excess.slice(0, shown),
    excessTotal: excess.length,
  };
}

/** A sentence for who tests a connection; '' when all is well. */
export function adviceOn(rights: AccountRights | null): string {
  if (rights === null) return ' What the account may do could not be read.';
  const { missing, excess, excessTotal } = rights;
  if (missing.length > 0)
    return ` The account lacks ${missing.join(', ')} at the root folder: give it the role Read-only there, propagating.`;
  if (excessTotal === 0) return '';
  return ` The account may do more than read (${excessTotal} privileges more, e.g. ${excess[0]}): Read-only is enough.`;
}
