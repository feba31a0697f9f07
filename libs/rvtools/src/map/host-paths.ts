import type { MapHostPaths } from '@lunwarden/contract';
import { clean } from '../table/cells.js';
import type { Row } from '../table/read-table.js';
import { type PathNumber, pathNumbers, type tabs } from '../table/tabs.js';
import type { Gaps } from './gaps.js';

type PathRow = Row<typeof tabs.vMultiPath.columns>;
type Idle = MapHostPaths['notWorking'][number];
type Known = Idle['state'] | 'working';
type Path = { name: string; state: Known };

/** HostMultipathInfoPath.pathState, as RVTools writes it down. */
const states: ReadonlyMap<string, Known> = new Map([
  ['active', 'working'],
  ['standby', 'working'],
  ['dead', 'dead'],
  ['disabled', 'disabled'],
  ['unknown', 'unknown'],
]);
const most = 10_000;

/** Paths of each host, of which only those are kept that carry nothing. What a cell does not say is unknown, and told. */
export class HostPaths {
  private readonly byHost = new Map<string, { paths: number; idle: Map<string, Idle> }>();
  /** What was said of a LUN on a host: it has a row for each of its datastores. */
  private readonly said = new Map<string, string>();
  /** LUNs of a host that may have more paths than there are columns. Eight are common: they are told in one line. */
  private full = 0;

  constructor(private readonly omitted: Gaps) {}

  add(host: { id: string; name: string }, device: string, row: PathRow): void {
    const paths = this.pathsIn(host.name, row);
    if (paths.length === 0) return;
    const place = `${host.id} ${device}`;
    const before = this.said.get(place);
    const now = paths.map(({ state }) => state).join();
    if (before === now) return;
    const told = this.byHost.get(host.id) ?? { paths: 0, idle: new Map<string, Idle>() };
    this.byHost.set(host.id, told);
    this.said.set(place, now);
    if (before === undefined) told.paths += paths.length;
    else this.omitted.add(host.name, 'vMultiPath.Path state', `${device} is listed twice with other states`);
    for (const path of paths) this.note(told.idle, path, { host: host.name, device, isDoubtful: before !== undefined });
    if (paths.length === pathNumbers.length) this.full += 1;
  }

  finish(): MapHostPaths[] {
    if (this.full > 0)
      this.omitted.add('vMultiPath', 'Path 9', `${this.full} LUNs of a host have eight paths; an export tells no more`);
    return [...this.byHost].map(([host, { paths, idle }]) => {
      if (idle.size > most)
        this.omitted.add(host, 'vMultiPath.Path', `of ${idle.size} paths that carry nothing ${most} are kept`);
      return { host, paths, notWorking: [...idle.values()].slice(0, most) };
    });
  }

  private pathsIn(host: string, row: PathRow): Path[] {
    const byName = new Map<string, Path>();
    for (const path of pathNumbers.flatMap((number) => this.pathIn(host, number, row))) {
      const twin = byName.get(path.name);
      if (twin !== undefined && twin.state !== path.state)
        this.omitted.add(host, 'vMultiPath.Path', `${path.name} is listed twice with other states`);
      byName.set(path.name, twin === undefined || twin.state === path.state ? path : { ...path, state: 'unknown' });
    }
    return [...byName.values()];
  }

  private pathIn(host: string, number: PathNumber, row: PathRow): Path[] {
    const name = row[`path${number}`];
    const text = row[`state${number}`];
    if (name === undefined) {
      if (text !== undefined)
        this.omitted.add(host, `vMultiPath.Path ${number}`, `a path without a name that is ${text}`);
      return [];
    }
    const state = states.get((text ?? '').trim().toLowerCase());
    if (state !== undefined) return [{ name: clean(name, 256), state }];
    const reason = text === undefined ? `${name} has no state` : `${name}: ${text} is no state of a path`;
    this.omitted.add(host, `vMultiPath.Path ${number} state`, reason);
    return [{ name: clean(name, 256), state: 'unknown' }];
  }

  private note(
    idle: Map<string, Idle>,
    { name, state }: Path,
    { host, device, isDoubtful }: { host: string; device: string; isDoubtful: boolean },
  ): void {
    const canonicalName = clean(device, 512);
    const known = idle.get(name);
    if (known !== undefined && known.canonicalName !== canonicalName) {
      this.omitted.add(host, 'vMultiPath.Path', `${name} leads to ${known.canonicalName} and to ${device}`);
      idle.set(name, { name, state: 'unknown', canonicalName: null });
    } else if (isDoubtful) idle.set(name, { name, state: 'unknown', canonicalName });
    else if (state !== 'working') idle.set(name, { name, state, canonicalName });
  }
}
