import type { MapAdapter, MapHostPaths, MapLun } from '@lunwarden/contract';
import { readAdapters } from '../map/adapter.js';
import type { Details } from '../map/details.js';
import { lunParts, mergeLuns, readLuns } from '../map/lun.js';
import {
  knowsNvme,
  nvmePath,
  pathStatePath,
  readPathStates,
  readSubsystems,
  withSubsystem,
} from '../map/path-state.js';
import { silentClusters } from '../map/silent-clusters.js';
import type { Session } from '../session.js';
import type { Ref } from '../soap/xml-element.js';
import { namePaths } from './collect-paths.js';
import { collectType } from './collect-type.js';
import { GapList } from './gap-list.js';
import { type Estate, hostsForLuns } from './hosts-for-luns.js';
import type { Restarts } from './restarts.js';
import { retrieveProperties } from './retrieve-properties.js';

type Asking = { readonly session: Session; readonly restarts: Restarts };

// vSphere tells 2 to 4 KB a LUN and host, 2 KB of adapters a host.
const hostsAPage = 5;
// And some 300 bytes of path states a LUN.
const adaptersAPage = 20;
const adapterPath = 'config.storageDevice.hostBusAdapter';

/** Adapters and path states of all hosts, and what `estate` needs to know of LUNs. */
export async function collectHardware(asking: Asking, estate: Estate): Promise<Omit<Details, 'devices'>> {
  const gaps = new GapList();
  const read = await asking.restarts.run(`HostSystem ${adapterPath}`, () =>
    collectType<Wired>(asking.session, {
      types: ['HostSystem'],
      type: 'HostSystem',
      paths: [adapterPath, pathStatePath],
      pageSize: adaptersAPage,
      map: ({ ref, values }, own) => ({
        adapters: readAdapters(ref.id, values.get(adapterPath) ?? null, (what) =>
          own.add(ref, adapterPath, `does not fit: ${what}`),
        ),
        paths: readPathStates(ref.id, values.get(pathStatePath) ?? null),
      }),
    }),
  );
  gaps.addAll(read.gaps);
  const luns = mergeLuns(await collectLuns(asking, estate, gaps));
  const wired = [...read.objects.values()];
  const paths = await namePaths(asking, { paths: wired.flatMap((one) => one.paths ?? []), luns });
  return { adapters: wired.flatMap(({ adapters }) => adapters), paths, luns, gaps, lacking: silentClusters(estate) };
}

type Wired = { adapters: MapAdapter[]; paths: MapHostPaths | null };

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
  const paths = knowsNvme(session.content.about.apiVersion) ? [lunPath, nvmePath] : [lunPath];
  const query = { type: 'HostSystem', paths, from: { objects }, pageSize: hostsAPage, only: lunParts };
  await retrieveProperties(session, query, ({ ref, values, missing }) => {
    awaited.delete(ref.id);
    for (const { path, fault } of missing) gaps.add(ref, path, fault.reason);
    const refuse = (name: string): void => gaps.add(ref, lunPath, `does not fit: ${name}`);
    const subsystems = readSubsystems(values.get(nvmePath) ?? null);
    const own = readLuns(ref.id, values.get(lunPath) ?? null, refuse);
    luns.push(...own.map((lun) => withSubsystem(lun, subsystems)));
  });
  // It was there a moment ago; whatever the reason, its LUNs are not known.
  for (const id of awaited) gaps.add({ kind: 'HostSystem', id }, lunPath, 'not delivered');
  return { luns, gaps };
}
