import type { Session } from '../session.js';
import { leaf, reference } from '../soap/envelope.js';
import { isSessionLoss, VimFault } from '../soap/vim-fault.js';
import { children, type Ref, refOf } from '../soap/xml-element.js';
import { VsphereError } from '../vsphere-error.js';
import { retrieveProperties } from './retrieve-properties.js';

/** A view of every object of these types below the root folder; it lives as long as the session. */
export async function openContainerView(session: Session, types: readonly string[]): Promise<Ref> {
  const { viewManager, rootFolder } = session.content;
  const view = refOf(
    await session.call(
      'CreateContainerView',
      viewManager,
      reference('container', rootFolder),
      ...types.map((type) => leaf('type', type)),
      leaf('recursive', 'true'),
    ),
  );
  if (view === null) throw new VsphereError('vcenter_protocol', 'The vCenter made no container view.');
  return view;
}

/** Runs `use` with such a view, and destroys it. */
export async function withContainerView<T>(
  session: Session,
  types: readonly string[],
  use: (view: Ref) => Promise<T>,
): Promise<T> {
  const view = await openContainerView(session, types);
  let alive = true;
  try {
    return await use(view);
  } catch (error) {
    alive = !(error instanceof VimFault && isSessionLoss(error));
    throw error;
  } finally {
    // It died with a lost session already.
    if (alive) await session.farewell('DestroyView', view);
  }
}

/** Ids of the objects that the view shows right now: what a complete answer has to bring. */
export async function idsInView(session: Session, view: Ref): Promise<Set<string>> {
  const ids = new Set<string>();
  const query = { type: 'ContainerView', paths: ['view'], from: { object: view }, pageSize: 1 } as const;
  await retrieveProperties(session, query, ({ values, missing }) => {
    const [refused] = missing;
    if (refused !== undefined) throw refused.fault;
    for (const one of children(values.get('view') ?? null, 'ManagedObjectReference')) {
      const ref = refOf(one);
      if (ref !== null) ids.add(ref.id);
    }
  });
  return ids;
}
