import type { Session } from '../session.js';
import type { Collected, TypeQuery } from './collect-type.js';
import { GapList } from './gap-list.js';
import { retrieveProperties } from './retrieve-properties.js';

/** vCenter refuses a request of more than 500,000 elements. */
const objectsARequest = 250;

/**
 * Reads these objects, which were there a moment ago; one that was deleted meanwhile is left out.
 * @returns of each object its value, if it can be used, and whether everything of it was told.
 */
export async function collectObjects<T>(
  session: Session,
  { type, paths, only, map }: Pick<TypeQuery<T>, 'type' | 'paths' | 'only' | 'map'>,
  ids: readonly string[],
): Promise<Collected<T> & { whole: ReadonlySet<string> }> {
  const objects = new Map<string, T>();
  const whole = new Set<string>();
  const gaps = new GapList();
  const awaited = new Set(ids);
  for (let at = 0; at < ids.length; at += objectsARequest) {
    const refs = ids.slice(at, at + objectsARequest).map((id) => ({ kind: type, id }));
    const query = { type, paths, from: { objects: refs }, pageSize: objectsARequest };
    await retrieveProperties(session, { ...query, ...(only === undefined ? {} : { only }) }, (object) => {
      const { id } = object.ref;
      awaited.delete(id);
      if (object.missing.some(({ fault }) => fault.kind === 'ManagedObjectNotFound')) return;
      const own = new GapList();
      for (const { path, fault } of object.missing) own.add(object.ref, path, fault.reason);
      const mapped = map(object, own);
      if (mapped !== null) objects.set(id, mapped);
      if (own.isEmpty) whole.add(id);
      gaps.addAll(own);
    });
  }
  for (const id of awaited) gaps.add({ kind: type, id }, '*', 'not delivered');
  return { objects, whole, gaps, expected: objects.size + awaited.size };
}
