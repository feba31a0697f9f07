import type { MapHostPaths } from '@lunwarden/contract';
import { clean } from '../table/cells.js';
import type { Row } from '../table/read-table.js';
import { type PathNumber, pathNumbers, type tabs } from '../table/tabs.js';
import type { Gaps } from './gaps.js';

type PathRow = Row<typeof tabs.vMultiPath.columns>;
type Idle = MapHostPaths['notWorking'][number];
type Known = Idle['state'] | 'working';
/** The paths of a LUN on a host, by runtime name. */
type Paths = ReadonlyMap<string, Known>;
type Joined = { name: string; state: Known; canonicalName: string | null };

/** HostMultipathInfoPath.pathState, as RVTools writes it down. */
const states: ReadonlyMap<string, Known> = new Map([
  ['active', 'working'],
  ['standby', 'working'],
  ['dead', 'dead'],
  ['disabled', 'disabled'],
  ['unknown', 'unknown'],
]);
const most = 10_000;

/** Paths of each host, of which only those are told that carry nothing. What a cell does not say is unknown, and told. */
export class HostPaths {
  private readonly byHost = new Map<string, { name: string; luns: Map<string, Paths> }>();

  constructor(private readonly omitted: Gaps) {}

  /** A LUN has a row for each of its datastores. Where two of them differ nobody knows which of its paths works. */
  add(host: { id: string; name: string }, device: string, row: PathRow): void {
    const told = this.byHost.get(host.id) ?? { name: host.name, luns: new Map<string, Paths>() };
    this.byHost.set(host.id, told);
    const lun = clean(device, 512);
    const paths = this.pathsIn(host.name, row);
    const before = told.luns.get(lun);
    if (before === undefined) told.luns.set(lun, paths);
    else if (!areSame(before, paths)) {
      this.omitted.add(host.name, 'vMultiPath.Path', `${lun} is listed twice with other paths or states`);
      told.luns.set(lun, new Map([...before.keys(), ...paths.keys()].map((name) => [name, 'unknown'])));
    }
  }

  finish(): MapHostPaths[] {
    // Eight are common: they are told in one line.
    const full = [...this.byHost.values()].flatMap(({ luns }) => [...luns.values()].filter(isFull)).length;
    if (full > 0)
      this.omitted.add('vMultiPath', 'Path 9', `${full} LUNs of a host have eight paths; an export tells no more`);
    return [...this.byHost].flatMap(([host, { name, luns }]) => {
      const paths = this.joined(name, luns);
      const idle = [...paths.values()].flatMap(({ state, ...path }): Idle[] =>
        state === 'working' ? [] : [{ ...path, state }],
      );
      if (idle.length > most)
        this.omitted.add(host, 'vMultiPath.Path', `of ${idle.length} paths that carry nothing ${most} are kept`);
      return paths.size === 0 ? [] : [{ host, paths: paths.size, notWorking: idle.slice(0, most) }];
    });
  }

  /** A runtime name ends in the LUN, so that on one host it is that of one path to one LUN. */
  private joined(host: string, luns: ReadonlyMap<string, Paths>): ReadonlyMap<string, Joined> {
    const byName = new Map<string, Joined>();
    for (const [lun, paths] of luns)
      for (const [name, state] of paths) {
        const twin = byName.get(name);
        if (twin !== undefined)
          this.omitted.add(host, 'vMultiPath.Path', `${name} leads to ${twin.canonicalName ?? 'others'} and to ${lun}`);
        byName.set(
          name,
          twin === undefined ? { name, state, canonicalName: lun } : { name, state: 'unknown', canonicalName: null },
        );
      }
    return byName;
  }

  private pathsIn(host: string, row: PathRow): Paths {
    const byName = new Map<string, Known>();
    for (const { name, state } of pathNumbers.flatMap((number) => this.pathIn(host, number, row))) {
      const twin = byName.get(name);
      if (twin !== undefined && twin !== state)
        this.omitted.add(host, 'vMultiPath.Path', `${name} is listed twice with other states`);
      byName.set(name, twin === undefined || twin === state ? state : 'unknown');
    }
    return byName;
  }

  private pathIn(host: string, number: PathNumber, row: PathRow): { name: string; state: Known }[] {
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
}

const isFull = (paths: Paths): boolean => paths.size >= pathNumbers.length;
const areSame = (one: Paths, other: Paths): boolean =>
  one.size === other.size && [...one].every(([name, state]) => other.get(name) === state);
