import { hasEveryMap } from '../exposure.js';
import { type Sight, sees } from '../sight.js';
import { isWhole, type Moment } from '../whole-map.js';
import type { NumberedMap } from './numbered-map.js';
import type { PreparedHost } from './prepare.js';

/** What the maps say of one host's LUNs: all by which a map can move a score. */
export type Joined = { sight: Sight; vms: number; datastores: number; isComplete: boolean };

const mostTurns = 2 ** 31 - 1;

/**
 * Joins hosts with one version of the maps. What a host has met already bears the stamp of its turn, so that nothing has
 * to be emptied between two hosts.
 */
export class Join {
  private readonly metDatastores: Int32Array;
  private readonly metVms: Int32Array;
  private readonly isWhole: readonly boolean[];
  /** Place of a LUN's sight in its row while no map knows it, see `PreparedHost.sights`. */
  private readonly unmet: 1 | 2;
  private turn = 0;

  /** @param moment when the maps are asked: one that is too old, or from the future, is not whole */
  constructor(
    private readonly map: NumberedMap,
    moment: Moment,
  ) {
    this.metDatastores = new Int32Array(map.ownVms.length);
    this.metVms = new Int32Array(map.sharedVmCount);
    this.isWhole = map.vcenters.map((one) => isWhole(one, moment));
    this.unmet = hasEveryMap(map.vcenters, moment) ? 2 : 1;
  }

  of({ isListCertain, keys, sights, isAmbiguous }: PreparedHost): Joined {
    this.nextTurn();
    const joined = { sight: 0, vms: 0, datastores: 0, isComplete: isListCertain };
    for (let lun = 0; lun < isAmbiguous.length; lun++) {
      let isMet = false;
      for (let at = keys.starts[lun] ?? 0; at < (keys.starts[lun + 1] ?? 0); at++)
        isMet = this.meet(keys.items[at] ?? 0, isAmbiguous[lun] === 1 ? null : joined) || isMet;
      joined.sight |= sights[3 * lun + (isMet ? 0 : this.unmet)] ?? 0;
    }
    if ((joined.sight & sees.unmapped) !== 0) joined.isComplete = false;
    return joined;
  }

  /** Adds the datastores of one key. @returns false if no map knows the key */
  private meet(key: number, joined: Joined | null): boolean {
    const { starts, items } = this.map.datastoresOfKey;
    const [from, to] = [starts[key] ?? 0, starts[key + 1] ?? 0];
    if (joined !== null) for (let at = from; at < to; at++) this.reach(items[at] ?? 0, joined);
    return from < to;
  }

  private reach(datastore: number, joined: Joined): void {
    if (this.metDatastores[datastore] === this.turn) return;
    this.metDatastores[datastore] = this.turn;
    const { ownVms, sharedVms, vcenterOf } = this.map;
    joined.datastores++;
    joined.vms += ownVms[datastore] ?? 0;
    if (this.isWhole[vcenterOf[datastore] ?? -1] !== true) joined.isComplete = false;
    for (let at = sharedVms.starts[datastore] ?? 0; at < (sharedVms.starts[datastore + 1] ?? 0); at++) {
      const vm = sharedVms.items[at] ?? 0;
      if (this.metVms[vm] === this.turn) continue;
      this.metVms[vm] = this.turn;
      joined.vms++;
    }
  }

  private nextTurn(): void {
    if (this.turn === mostTurns) {
      this.metDatastores.fill(0);
      this.metVms.fill(0);
      this.turn = 0;
    }
    this.turn++;
  }
}
