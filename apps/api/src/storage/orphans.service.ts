import type { OrphanLun, StorageHost, StorageOrphans } from '@lunwarden/contract';
import type { SeenLunOfHost } from '@lunwarden/risk';
import { Store } from '@lunwarden/store';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { LunStates } from './lun-states.service.js';
import { compareStates, readable } from './sight.js';
import { StorageService } from './storage.service.js';

/** Each host is unpacked: more than this nobody would read in one list. */
const maxHosts = 500;

/** Disks that proxies see and nobody claims. */
@Injectable()
export class OrphansService {
  constructor(
    private readonly store: Store,
    private readonly storage: StorageService,
    private readonly states: LunStates,
    private readonly clock: Clock,
  ) {}

  orphans(): Promise<StorageOrphans> {
    return this.store.atOneMoment(async (tx) => {
      const all = await tx.storage.hostsSeeingStrangers();
      const hostIds = all.slice(0, maxHosts);
      const hosts = await this.storage.hostsOf(tx, hostIds);
      const groups = new Groups();
      for (const [hostId, luns] of await this.states.of(tx, hostIds)) {
        const host = hosts.get(hostId);
        if (host !== undefined) for (const lun of luns) if (isOrphan(lun)) groups.add(lun, host);
      }
      return {
        asOf: this.clock.iso(),
        luns: groups.list,
        hosts: [...hosts.values()],
        hostsLeftOut: all.length - hostIds.length,
      };
    });
  }
}

/** VMFS by its own table, or by nobody's word; and on no datastore of any map. */
const isOrphan = ({ isVmfs, datastores }: SeenLunOfHost): boolean => isVmfs !== 'no' && datastores.length === 0;

/** Disks whose keys meet are one LUN. One without a key is only its host's: nobody can say whose it is. */
class Groups {
  private readonly byKey = new Map<string, OrphanLun>();
  private readonly groups = new Set<OrphanLun>();

  add({ keys, sizeBytes, device, state }: SeenLunOfHost, host: StorageHost): void {
    const met = [...new Set(keys.flatMap((key) => this.byKey.get(key) ?? []))];
    const sight = { hostId: host.hostId, device, state: readable(state, host) };
    const group: OrphanLun = {
      keys: [...new Set([...met.flatMap((one) => one.keys), ...keys])].sort(),
      sizeBytes,
      sights: [...met.flatMap((one) => one.sights), sight],
    };
    for (const one of met) this.groups.delete(one);
    this.groups.add(group);
    for (const key of group.keys) this.byKey.set(key, group);
  }

  /** Seen in the worst state first. */
  get list(): OrphanLun[] {
    const sorted = [...this.groups].map((group) => ({
      ...group,
      sights: group.sights.toSorted((a, b) => compareStates(a.state, b.state)),
    }));
    const worst = ({ sights: [first] }: OrphanLun) => first?.state ?? 'unknown';
    return sorted.sort((a, b) => compareStates(worst(a), worst(b)) || ((a.keys[0] ?? '') < (b.keys[0] ?? '') ? -1 : 1));
  }
}
