import type { MapAdapter, MapLun } from '@lunwarden/contract';
import { readAdapters } from '../map/adapter.js';
import type { Details } from '../map/details.js';
import { bytesOfLuns, mergeLuns, readLuns } from '../map/lun.js';
import type { Session } from '../session.js';
import type { Ref } from '../soap/xml-element.js';
import { collectType } from './collect-type.js';
import { GapList } from './gap-list.js';
import { type Estate, hostsForLuns } from './hosts-for-luns.js';
import type { Restarts } from './restarts.js';
import { retrieveProperties } from './retrieve-properties.js';

type Asking = { readonly session: Session; readonly restarts: Restarts };

// vSphere tells 2 to 4 KB a LUN and host, 2 KB of adapters a host.
const hostsAPage = 5;
const adaptersAPage = 100;
const adapterPath = 'config.storageDevice.hostBusAdapter';

/** Adapters of all hosts, and what `estate` needs to know of LUNs. */
export async function collectHardware(
  asking: Asking,
  estate: Estate,
): Promise<Pick<Details, 'adapters' | 'luns' | 'gaps'>> {
  const gaps = new GapList();
  const read = await asking.restarts.run(`HostSystem ${adapterPath}`, () =>
    collectType<MapAdapter[]>(asking.session, {
      types: ['HostSystem'],
      type: 'HostSystem',
      paths: [adapterPath],
      pageSize: adaptersAPage,
      map: ({ ref, values }, own) =>
        readAdapters(ref.id, values.get(adapterPath) ?? null, (what) =>
          own.add(ref, adapterPath, `does not fit: ${what}`),
        ),
    }),
  );
  gaps.addAll(read.gaps);
  const luns = mergeLuns(await collectLuns(asking, estate, gaps));
  return { adapters: [...read.objects.values()].flat(), luns, gaps };
}

const lunPath = 'config.storageDevice.scsiLun';

/** One connected host a cluster, then those that mount an extent which none of them told of. */
async function collectLuns({ session, restarts }: Asking, estate: Estate, gaps: GapList): Promise<MapLun[]> {
  const asked = new Set<string>();
  const luns: MapLun[] = [];
  for (;;) {
    const next = hostsForLuns(estate, luns, asked);
    if (next.length === 0) return luns;
    for (const id of next) asked.add(id);
    const refs = next.map((id) => ({ kind: 'HostSystem', id }));
    const found = await restarts.run(`HostSystem ${lunPath}`, () => lunsOf(session, refs));
    luns.push(...found.luns);
    gaps.addAll(found.gaps);
  }
}

async function lunsOf(session: Session, objects: readonly Ref[]): Promise<{ luns: MapLun[]; gaps: GapList }> {
  const luns: MapLun[] = [];
  const gaps = new GapList();
  const awaited = new Set(objects.map(({ id }) => id));
  const query = { type: 'HostSystem', paths: [lunPath], from: { objects }, pageSize: hostsAPage, skip: bytesOfLuns };
  await retrieveProperties(session, query, ({ ref, values, missing }) => {
    awaited.delete(ref.id);
    for (const { path, fault } of missing) gaps.add(ref, path, fault.reason);
    const refuse = (name: string): void => gaps.add(ref, lunPath, `does not fit: ${name}`);
    luns.push(...readLuns(ref.id, values.get(lunPath) ?? null, refuse));
  });
  // It was there a moment ago; whatever the reason, its LUNs are not known.
  for (const id of awaited) gaps.add({ kind: 'HostSystem', id }, lunPath, 'not delivered');
  return { luns, gaps };
}
