import type { MapHostPaths, MapLun } from '@lunwarden/contract';
import { children, textOf, type XmlElement } from '../soap/xml-element.js';
import { clean } from './clean-text.js';

/** Some 70 bytes a path, of NMP and HPP alike; which LUN it leads to stands in the topology, which is six times as large. */
export const pathStatePath = 'config.multipathState';
/** Asked only of hosts with a path that carries nothing. */
export const pathTopologyPath = 'config.storageDevice.plugStoreTopology';

type Idle = MapHostPaths['notWorking'][number];
const most = 10_000;

/** HostMultipathStateInfo of one host; null = it does not tell. */
export function readPathStates(host: string, value: XmlElement | null): MapHostPaths | null {
  if (value === null) return null;
  const paths = children(value, 'path');
  const notWorking = paths.flatMap((path): Idle[] => {
    const state = textOf(path, 'pathState');
    if (state === 'active' || state === 'standby') return [];
    const name = clean(textOf(path, 'name') ?? '', 256);
    return [{ name, state: state === 'dead' || state === 'disabled' ? state : 'unknown', canonicalName: null }];
  });
  return { host, paths: paths.length, notWorking: notWorking.slice(0, most) };
}

/** Names the LUN of each idle path by the topology of its host: path -> device -> ScsiLun key, which holds its uuid. */
export function nameLuns(paths: MapHostPaths, topology: XmlElement | null, luns: readonly MapLun[]): MapHostPaths {
  const byUuid = new Map(luns.map(({ uuid, canonicalName }) => [uuid, canonicalName]));
  const byDevice = new Map(
    children(topology, 'device').map((device) => [
      textOf(device, 'key') ?? '',
      byUuid.get(/-([^-]+)$/.exec(textOf(device, 'lun') ?? '')?.[1] ?? ''),
    ]),
  );
  const byPath = new Map(
    children(topology, 'path').map((path) => [textOf(path, 'name') ?? '', byDevice.get(textOf(path, 'device') ?? '')]),
  );
  const notWorking = paths.notWorking.map((path) => ({ ...path, canonicalName: byPath.get(path.name) ?? null }));
  return { ...paths, notWorking };
}

/** HostNvmeTopology of one host: the subsystem that offers each namespace, by the namespace's name. */
export function readSubsystems(topology: XmlElement | null): Map<string, string> {
  const found = new Map<string, string>();
  for (const adapter of children(topology, 'adapter'))
    for (const controller of children(adapter, 'connectedController')) {
      const nqn = clean(textOf(controller, 'subnqn') ?? '', 256);
      for (const namespace of children(controller, 'attachedNamespace')) {
        const name = textOf(namespace, 'name');
        if (name !== null && nqn !== '') found.set(name, nqn);
      }
    }
  return found;
}

/** HostNvmeTopology came with vSphere 7.0: an older one would refuse the whole call. */
export const nvmePath = 'config.storageDevice.nvmeTopology';
export const knowsNvme = (apiVersion: string): boolean => Number.parseInt(apiVersion, 10) >= 7;

export const withSubsystem = (lun: MapLun, subsystems: ReadonlyMap<string, string>): MapLun => {
  const subsystemNqn = subsystems.get(lun.canonicalName);
  return subsystemNqn === undefined ? lun : { ...lun, subsystemNqn };
};
