import type { PlacedDatastore } from '../map/datastore.js';
import { decimalOrNull, isTrue } from '../map/fields.js';
import type { Session } from '../session.js';
import { retrieveProperties } from './retrieve-properties.js';
import type { StandingType } from './standing-type.js';

/** vSphere sends no notification of these. Where a volume grew by an extent or was lost, one of the first two moves. */
const paths = ['summary.capacity', 'summary.accessible', 'summary.freeSpace'] as const;

/**
 * Asks all datastores for the little that nobody tells of.
 * @returns those that have to be read again, those that were left out among them. Free space alone is taken over.
 */
export async function pollSummaries(
  session: Session,
  datastores: StandingType<PlacedDatastore>,
  pageSize: number,
): Promise<Set<string>> {
  // One that the answer leaves out would otherwise stand as it was.
  const moved = new Set(datastores.ids());
  const query = { type: 'Datastore', paths, from: { view: datastores.view }, pageSize };
  await retrieveProperties(session, query, ({ ref, values, missing }) => {
    const before = datastores.get(ref.id);
    if (before === undefined) return;
    const text = (path: (typeof paths)[number]) => values.get(path)?.text ?? null;
    const accessible = isTrue(text('summary.accessible'));
    const capacityBytes = accessible ? decimalOrNull(text('summary.capacity')) : null;
    const freeBytes = accessible ? decimalOrNull(text('summary.freeSpace')) : null;
    const isSame = before.value.accessible === accessible && before.value.capacityBytes === capacityBytes;
    if (!isSame || missing.length > 0) return;
    moved.delete(ref.id);
    if (before.value.freeBytes !== freeBytes)
      datastores.amend(ref.id, { ...before, value: { ...before.value, freeBytes } });
  });
  return moved;
}
