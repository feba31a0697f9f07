import type { TransportMode } from '@lunwarden/contract';
import { sourceOf } from '../assess.js';
import { disksInSight } from '../exposure.js';
import type { Facts } from '../facts.js';
import { contentOf, type Placement, stateOf } from '../lun.js';
import { effectiveMode } from '../mode.js';
import type { Settled } from '../model.js';
import { type JoinedPaths, joinPaths } from '../paths.js';
import type { CoreSignal } from '../policy/core-signals.js';
import { defaultPolicy, type Policy } from '../policy.js';
import { coreReading } from '../score.js';
import { type Sight, sightOf } from '../sight.js';
import { at, type Source, signalsOf } from '../signals.js';
import type { LunNumbers } from './lun-numbers.js';
import { type Rows, rowsOf } from './rows.js';
import type { Shape } from './shape.js';

/** One host as far as no map matters to it: what a new map is joined with. Holds as long as the facts that it was made of. */
export type PreparedHost = {
  /** The disk list is fresh: it may prove that something is not there. */
  isListCertain: boolean;
  /** Numbers of the keys of each LUN. */
  keys: Rows;
  /** What each LUN adds to the sight of the host, three in a row: where a map knows it, where none does, and where none of all does. */
  sights: Int32Array;
  /** LUNs whose keys name several disks: what lies on them is nobody's guess. */
  isAmbiguous: Uint8Array;
  /** Both ends of the interval; what the maps say of its LUNs is still to be filled in. */
  worst: Settled;
  best: Settled;
  /** Decisive signals that are not known, whatever the maps say. */
  unknown: readonly CoreSignal[];
  /** The mode in force beside LUNs that are VMFS for sure, and without any. */
  effective: { besideVmfs: TransportMode | 'unknown'; alone: TransportMode | 'unknown' };
  /** What has been worked out so far, by sight: most maps show a host the same kinds of LUNs. */
  shapes: Map<number, Shape>;
};

/** @param asOf ISO instant at which the facts are judged, as for `assess` */
export function prepare(facts: Facts, asOf: string, numbers: LunNumbers, policy: Policy = defaultPolicy): PreparedHost {
  const source = sourceOf({ ...facts, map: noMap }, asOf, policy);
  const signals = signalsOf(source);
  const disks = disksInSight(facts, source.trusts);
  const luns = disks.kind === 'unknown' ? [] : joinPaths(disks.value);
  return {
    isListCertain: disks.kind === 'certain',
    keys: rowsOf(luns.map(({ keys }) => keys.map((key) => numbers.of(key)))),
    sights: Int32Array.from(luns.flatMap(sightsOf)),
    isAmbiguous: Uint8Array.from(luns, ({ isAmbiguous }) => (isAmbiguous ? 1 : 0)),
    worst: at('worst', signals),
    best: at('best', signals),
    unknown: outsideMaps.filter((signal) => !coreReading(signal, signals).isKnown),
    effective: { besideVmfs: modeOf(source, true), alone: modeOf(source, false) },
    shapes: new Map(),
  };
}

const noMap: Facts['map'] = { vcenters: [], datastores: [] };

/** Decisive signals that no map has a say in. */
const outsideMaps = [
  'san-policy',
  'automount',
  'lvm-guard',
  'missing-updates',
  'last-update',
  'os-support',
] as const satisfies readonly CoreSignal[];

function sightsOf({ disks, isAmbiguous }: JoinedPaths): Sight[] {
  const state = stateOf(disks);
  const sight = (placement: Placement): Sight =>
    sightOf({ ...state, ...contentOf(disks, placement) }, placement === 'mapped');
  return [sight(isAmbiguous ? 'ambiguous' : 'mapped'), sight('unmapped'), sight('absent')];
}

const modeOf = ({ facts, luns, trusts, asOf, policy }: Source, seesVmfs: boolean): TransportMode | 'unknown' =>
  effectiveMode(facts, { isListCertain: luns.kind === 'certain', seesVmfs }, trusts, { asOf, policy }).effective;
