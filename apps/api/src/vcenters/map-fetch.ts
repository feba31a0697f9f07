import type { LunMap } from '@lunwarden/contract';
import { Store } from '@lunwarden/store';
import { VsphereError } from '@lunwarden/vsphere';
import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../clock.js';
import { KeyringError } from './keyring.js';
import { SecretBroken } from './secret-box.js';
import { Secrets } from './secrets.js';
import { VcenterReader } from './vcenter-reader.js';

export type Fetched = { kind: 'map'; map: LunMap } | { kind: 'failed'; code: string; message: string };

type FetchHow = { withDetails: boolean; signal: AbortSignal };

/** One vCenter that never ends must not be read for ever. */
const deadlineMs = 30 * 60_000;

/** Asks one vCenter for its map, with the stored credential. Writes nothing. */
@Injectable()
export class MapFetch {
  private readonly logger = new Logger('vcenters');

  constructor(
    private readonly store: Store,
    private readonly secrets: Secrets,
    private readonly reader: VcenterReader,
    private readonly clock: Clock,
  ) {}

  /** Never throws: why there is no map is an answer too. */
  async fetch(vcenterId: string, how: FetchHow): Promise<Fetched> {
    try {
      return { kind: 'map', map: await this.read(vcenterId, how) };
    } catch (error) {
      if (isExpected(error)) return { kind: 'failed', code: error.code, message: error.message };
      this.logger.error({ err: error, vcenterId }, 'collecting a map broke');
      return { kind: 'failed', code: 'internal', message: 'An error of this server; its log has more.' };
    }
  }

  private async read(vcenterId: string, { withDetails, signal }: FetchHow): Promise<LunMap> {
    const connection = await this.store.read.vcenters.connection(vcenterId);
    if (connection === null) throw new VsphereError('vcenter_aborted', 'The vCenter was removed meanwhile.');
    const { url, username, trust } = connection;
    const password = this.secrets.open(connection);
    const account = { url, username, password, trust };
    const common = { ...account, deadlineMs, signal, now: () => this.clock.now() };
    if (!withDetails)
      // Hot-add changes the disks of a proxy many times a night: those are looked at every time.
      return this.reader.collect(vcenterId, {
        ...common,
        watchedVms: await this.store.read.maps.machinesIn(vcenterId),
      });
    // What did not change is not asked for again.
    const knownVms = await this.store.read.maps.knownVms(vcenterId);
    return this.reader.collect(vcenterId, { ...common, details: true, ...(knownVms.size === 0 ? {} : { knownVms }) });
  }
}

const isExpected = (error: unknown): error is VsphereError | SecretBroken | KeyringError =>
  error instanceof VsphereError || error instanceof SecretBroken || error instanceof KeyringError;
