import type { Session } from '../session.js';
import type { Projection } from '../soap/answer-reader.js';
import { VimFault } from '../soap/vim-fault.js';
import type { Ref } from '../soap/xml-element.js';
import { VsphereError } from '../vsphere-error.js';
import { idsInView, withContainerView } from './container-view.js';
import { GapList } from './gap-list.js';
import type { ObjectContent } from './object-content.js';
import { retrieveProperties } from './retrieve-properties.js';

/** One type of the inventory and how its objects are read. */
export interface TypeQuery<T> {
  /** Types of the container view, sub-types included. */
  readonly types: readonly string[];
  /** Type that the property paths belong to: a common parent of `types`. */
  readonly type: string;
  readonly paths: readonly string[];
  readonly only?: Projection;
  readonly pageSize: number;
  /** Makes the object, or null with a gap told when it cannot be used. */
  readonly map: (object: ObjectContent, gaps: GapList) => T | null;
  readonly onProgress?: (got: number, expected: number) => void;
}

export interface Collected<T> {
  readonly objects: ReadonlyMap<string, T>;
  readonly expected: number;
  readonly gaps: GapList;
}

/** Twice what the largest vCenter supports; beyond it the other side is not a vCenter. */
const maximumObjects = 200_000;

/** One attempt to read every object of a type. Nothing of a failed attempt is kept by anyone. */
export async function collectType<T>(session: Session, query: TypeQuery<T>): Promise<Collected<T>> {
  try {
    return await withContainerView(session, query.types, (view) => collectView(session, query, view));
  } catch (error) {
    if (!(error instanceof VimFault) || error.kind !== 'NoPermission') throw error;
    const gaps = new GapList();
    gaps.add(query.types.join(','), '*', error.reason);
    return { objects: new Map(), expected: 0, gaps };
  }
}

async function collectView<T>(session: Session, query: TypeQuery<T>, view: Ref): Promise<Collected<T>> {
  const gaps = new GapList();
  const objects = new Map<string, T>();
  const awaited = await idsInView(session, view);
  const total = awaited.size;
  let met = 0;
  const onObject = (object: ObjectContent): void => {
    if (++met > maximumObjects)
      throw new VsphereError('vcenter_protocol', `The vCenter returned more than ${maximumObjects} objects of a type.`);
    // Deleted while it was being read: the view tells at the end whether it is really gone.
    if (object.missing.some(({ fault }) => fault.kind === 'ManagedObjectNotFound')) return;
    awaited.delete(object.ref.id);
    for (const { path, fault } of object.missing) gaps.add(object.ref, path, fault.reason);
    const mapped = query.map(object, gaps);
    if (mapped !== null) objects.set(object.ref.id, mapped);
  };
  const { type, paths, pageSize } = query;
  const only = query.only === undefined ? {} : { only: query.only };
  await retrieveProperties(session, { type, paths, from: { view }, pageSize, ...only }, onObject, () =>
    query.onProgress?.(objects.size, total),
  );
  await addUndelivered(session, { view, awaited, gaps, kind: query.type });
  return { objects, expected: objects.size + awaited.size, gaps };
}

interface Undelivered {
  readonly view: Ref;
  /** In: ids that were in the view and did not come. Out: those of them that are still there. */
  readonly awaited: Set<string>;
  readonly gaps: GapList;
  readonly kind: string;
}

/** An object that was deleted meanwhile is no gap; one that is still in the view and did not come is. */
async function addUndelivered(session: Session, { view, awaited, gaps, kind }: Undelivered): Promise<void> {
  if (awaited.size === 0) return;
  const now = await idsInView(session, view);
  for (const id of awaited) {
    if (now.has(id)) gaps.add({ kind, id }, '*', 'not delivered');
    else awaited.delete(id);
  }
}
