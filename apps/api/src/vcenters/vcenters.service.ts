import { randomUUID } from 'node:crypto';
import {
  type MapLosses,
  mapCountTexts,
  type VcenterGaps,
  type VcenterRequest,
  type VcenterStatus,
} from '@lunwarden/contract';
import { Store } from '@lunwarden/store';
import { parseAddress, VsphereError } from '@lunwarden/vsphere';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { API_CONFIG, type ApiConfig } from '../config.js';
import { Refusal } from '../http/refusal.js';
import { runsJobs } from '../jobs/role.js';
import { CollectService } from './collect.service.js';
import { Secrets } from './secrets.js';

/** The vCenters that an administrator connected. Passwords come in here and never go out. */
@Injectable()
export class VcentersService {
  constructor(
    private readonly store: Store,
    private readonly secrets: Secrets,
    private readonly collect: CollectService,
    private readonly clock: Clock,
    @Inject(API_CONFIG) private readonly config: ApiConfig,
  ) {}

  list(): Promise<VcenterStatus[]> {
    return this.store.read.vcenters.statuses();
  }

  /**
   * Stores a vCenter and begins to read it.
   * @throws Refusal invalid_input for an address that its trust does not allow, conflict for one that is there already
   */
  async add({ password, url, ...request }: VcenterRequest): Promise<VcenterStatus> {
    refuseAddress(url, request.trust);
    const id = randomUUID();
    const vcenter = { ...request, id, url: new URL(url).origin, secret: this.secrets.seal(id, password) };
    await this.store.inTransaction(async (tx) => {
      const outcome = await tx.vcenters.add(vcenter);
      if (outcome !== 'added') throw new Refusal('conflict', taken[outcome]);
      await tx.maps.bump();
      await tx.mapChanges.note({ vcenterId: id, kind: 'added', lunKeys: [] });
      const status = await tx.vcenters.status(id);
      if (status !== null) await tx.changes.append([{ kind: 'vcenter', at: this.clock.iso(), vcenter: status }]);
    });
    return this.began(id);
  }

  /** Reads it now, or as soon as a worker sees it. @throws Refusal not_found, or conflict for one known by imports alone */
  async collectNow(id: string): Promise<VcenterStatus> {
    if (!(await this.store.read.collections.makeDue(id))) throw await this.notCollectable(id);
    return this.began(id);
  }

  /**
   * Takes a person's word, for a day, that what the last map lacks is gone, and reads it again.
   * @throws Refusal not_found, or conflict when no map is held back for exactly these losses
   */
  async confirm(id: string, losses: MapLosses): Promise<VcenterStatus> {
    const isHeldBack = await this.store.inTransaction((tx) => tx.collections.confirm(id, losses));
    if (!isHeldBack) throw await this.notHeldBack(id);
    return this.began(id);
  }

  /** What the last attempt could not read. @throws Refusal not_found */
  async gaps(id: string): Promise<VcenterGaps> {
    const gaps = await this.store.read.collections.gaps(id);
    if (gaps === null) throw notFound();
    return gaps;
  }

  /** Forgets credential and map; the hosts that its LUNs touched are judged again. @throws Refusal not_found */
  remove(id: string): Promise<void> {
    return this.store.inTransaction(async (tx) => {
      const lunKeys = await tx.maps.lunKeys(id);
      if (!(await tx.vcenters.remove(id))) throw notFound();
      await tx.maps.bump();
      await tx.mapChanges.note({ vcenterId: id, kind: 'removed', lunKeys });
      await tx.changes.append([{ kind: 'vcenter-removed', at: this.clock.iso(), vcenterId: id }]);
    });
  }

  private async notHeldBack(id: string): Promise<Refusal> {
    const status = await this.store.read.vcenters.status(id);
    if (status === null) return notFound();
    if (!status.heldBack) return new Refusal('conflict', 'No map of this vCenter waits for a confirmation.');
    return new Refusal(
      'conflict',
      `The map that is held back shows ${mapCountTexts(status.heldBack).join(', ')}: confirm exactly that, if it is right.`,
    );
  }

  private async notCollectable(id: string): Promise<Refusal> {
    const status = await this.store.read.vcenters.status(id);
    if (status === null) return notFound();
    return new Refusal(
      'conflict',
      `${status.name} is known by an export alone, so that there is no account to read it with: import a newer export, or add the vCenter with its address and a Read-only account and remove this one.`,
    );
  }

  private async began(id: string): Promise<VcenterStatus> {
    if (runsJobs(this.config)) await this.collect.begin(id);
    const status = await this.store.read.vcenters.status(id);
    if (status === null) throw notFound();
    return status;
  }
}

const taken = {
  'name-taken': 'A vCenter with this name is there already: choose another name.',
  'url-taken': 'A vCenter with this address is there already: collect that one, or remove it first.',
};
const notFound = (): Refusal => new Refusal('not_found', 'There is no such vCenter.');

/** Before anything is stored: http only to this machine, so that no credential crosses a network in the clear. */
function refuseAddress(url: string, trust: VcenterRequest['trust']): void {
  try {
    parseAddress(url, trust);
  } catch (error) {
    if (error instanceof VsphereError) throw new Refusal('invalid_input', error.message);
    throw error;
  }
}
