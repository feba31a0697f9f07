import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import {
  type ImportQuery,
  importLimits,
  type MapLosses,
  type RvtoolsReceipt,
  type VcenterStatus,
} from '@lunwarden/contract';
import { RvtoolsError, type RvtoolsExport, readRvtools } from '@lunwarden/rvtools';
import { type ImportTarget, Store, type Tx } from '@lunwarden/store';
import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../clock.js';
import { Refusal } from '../http/refusal.js';
import { bytesOf } from '../http/upload.js';
import { MapChanges } from '../vcenters/map-changes.js';
import { admitImport, type ImportAdmission } from './import-admission.js';

type Brought = { query: ImportQuery; by: string };
type Kept = { admission: ImportAdmission; vcenter: VcenterStatus | null };

const shownGaps = 100;

/** Maps that people bring as files, where no account for the vCenter is to be had. */
@Injectable()
export class ImportsService {
  private readonly logger = new Logger('imports');
  private isBusy = false;

  constructor(
    private readonly store: Store,
    private readonly mapChanges: MapChanges,
    private readonly clock: Clock,
  ) {}

  /**
   * Reads an export and puts its map in force, if it is complete and newer than the one that is. Otherwise it only says
   * what is missing.
   * @throws Refusal too_large | invalid_input | conflict | unavailable (one file at a time is read, to bound the memory)
   */
  async rvtools(upload: Readable, brought: Brought): Promise<RvtoolsReceipt> {
    if (this.isBusy) throw new Refusal('unavailable', 'Another export is being read: try again in a moment.', 5);
    this.isBusy = true;
    try {
      const brings = await this.read(upload, brought.query);
      const { admission, vcenter } = await this.store.inTransaction((tx) => this.keep(tx, brings, brought));
      this.logger.log({ outcome: admission.outcome, by: brought.by, exportedAt: brings.dating.at }, 'export imported');
      await this.mapChanges.deliver();
      return receiptOf(brings, admission, vcenter);
    } finally {
      this.isBusy = false;
    }
  }

  private async read(upload: Readable, { exportedAt }: ImportQuery): Promise<RvtoolsExport> {
    try {
      return await readRvtools(await bytesOf(upload, importLimits.uploadBytes), {
        now: this.clock.now(),
        exportedAt: exportedAt ?? null,
      });
    } catch (error) {
      if (!(error instanceof RvtoolsError)) throw error;
      throw new Refusal(error.code === 'rvtools_too_large' ? 'too_large' : 'invalid_input', error.message);
    }
  }

  private async keep(tx: Tx, { map, server }: RvtoolsExport, { query, by }: Brought): Promise<Kept> {
    const name = query.vcenter ?? server;
    const target = await tx.imports.target(name ?? '', map.vcenterUuid);
    if (target === null && name === null)
      throw new Refusal('invalid_input', 'The export does not say of which vCenter it is: name it with ?vcenter=NAME.');
    if (target !== null) await tx.imports.lock(target.id);
    const inForce = target === null ? null : await tx.maps.inForce(target.id);
    const admission = admitImport(map, inForce, confirmedIn(query));
    if (admission.outcome !== 'in-force') {
      if (target !== null) await this.noteRefused(tx, target, { map, admission });
      return { admission, vcenter: target === null ? null : await tx.vcenters.status(target.id) };
    }
    const vcenterId = target?.id ?? (await this.add(tx, name ?? '', map.vcenterUuid));
    const { changedLunKeys, changedHostIds, concernsEveryone } = await tx.maps.replace(vcenterId, admission.map);
    const at = this.clock.iso();
    await tx.imports.note(vcenterId, { at, by, file: query.file ?? null, collectedAt: map.collectedAt });
    await tx.imports.attempt(vcenterId, { at, outcome: 'in-force', map, error: null });
    await tx.collections.dropConfirmation(vcenterId);
    await tx.mapChanges.note({
      vcenterId,
      kind: inForce === null || concernsEveryone ? 'first-map' : 'map',
      lunKeys: changedLunKeys,
      hostIds: changedHostIds,
    });
    return { admission, vcenter: await this.publish(tx, vcenterId) };
  }

  private async add(tx: Tx, name: string, instanceUuid: string): Promise<string> {
    const id = randomUUID();
    if (await tx.imports.add(id, name, instanceUuid)) return id;
    throw new Refusal('conflict', 'A vCenter of this name came in meanwhile: import again.');
  }

  /** One that is read by itself keeps its own last attempt in sight. */
  private async noteRefused(
    tx: Tx,
    { id, isConnected }: ImportTarget,
    { map, admission }: { map: RvtoolsExport['map']; admission: Exclude<ImportAdmission, { outcome: 'in-force' }> },
  ): Promise<void> {
    const { outcome, reason } = admission;
    if (isConnected || outcome === 'older') return;
    await tx.imports.attempt(id, { at: this.clock.iso(), outcome, map, error: reason });
    await tx.maps.bump();
    await this.publish(tx, id);
  }

  /** Must be the last thing of the transaction. */
  private async publish(tx: Tx, vcenterId: string): Promise<VcenterStatus | null> {
    const vcenter = await tx.vcenters.status(vcenterId);
    if (vcenter !== null) await tx.changes.append([{ kind: 'vcenter', at: this.clock.iso(), vcenter }]);
    return vcenter;
  }
}

const numbered = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

const confirmedIn = ({ confirmedHosts, confirmedDatastores, confirmedVms }: ImportQuery): MapLosses => ({
  hosts: numbered(confirmedHosts),
  datastores: numbered(confirmedDatastores),
  vms: numbered(confirmedVms),
});

function receiptOf(
  { map, dating, omitted }: RvtoolsExport,
  admission: ImportAdmission,
  vcenter: VcenterStatus | null,
): RvtoolsReceipt {
  return {
    outcome: admission.outcome,
    reason: admission.outcome === 'in-force' ? null : admission.reason,
    losses: admission.outcome === 'in-force' ? null : admission.losses,
    vcenter,
    exportedAt: dating.at,
    datedBy: dating.by,
    counts: {
      datastores: map.counts.datastores.got,
      hosts: map.counts.hosts.got,
      vms: map.counts.vms.got,
      luns: map.details?.luns.length ?? 0,
    },
    gaps: map.gaps.slice(0, shownGaps),
    gapCount: map.gaps.length,
    omitted: omitted.slice(0, shownGaps),
  };
}
