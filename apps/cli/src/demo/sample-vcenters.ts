import type { VcenterRequest } from '@lunwarden/contract';
import type { SampleVcenter } from '@lunwarden/sample-fleet';
import type { StateFile } from './demo-state.js';
import { type RunningVcenter, startSampleVcenter } from './sample-vcenter/start-sample-vcenter.js';

const username = 'lunwarden-reader@vsphere.local';

type Sites = {
  estates: readonly SampleVcenter[];
  file: StateFile;
  log(line: string): void;
  addVcenter(request: VcenterRequest): Promise<void>;
};

/** The vCenters of the sample fleet, each on a port that it keeps from one start to the next. */
export class SampleVcenters {
  readonly #running: (RunningVcenter | null)[] = [];

  constructor(private readonly sites: Sites) {}

  async start(): Promise<void> {
    const { estates, file } = this.sites;
    for (const [at, estate] of estates.entries()) {
      const place = file.state.vcenters[at];
      const running = await this.#startOne(estate, place?.port ?? 0);
      this.#running.push(running);
      if (place !== undefined && running !== null) place.port = running.port;
    }
    file.save();
  }

  /** Adds those that no start has added yet. */
  async addMissing(): Promise<void> {
    for (const [at, place] of this.sites.file.state.vcenters.entries()) if (!place.isAdded) await this.#add(at);
  }

  /** Adds all of them again: to a new database. */
  async addAll(): Promise<void> {
    for (const place of this.sites.file.state.vcenters) place.isAdded = false;
    await this.addMissing();
  }

  async close(): Promise<void> {
    for (const one of this.#running) await one?.close();
  }

  async #startOne(estate: SampleVcenter, port: number): Promise<RunningVcenter | null> {
    const account = { username, password: this.sites.file.state.password };
    try {
      return await startSampleVcenter(estate, account, port);
    } catch (error) {
      // The API knows it by its port: on another one its map would never be refreshed either.
      this.sites.log(`${estate.name} cannot listen on port ${port}, so its map will grow old: ${messageOf(error)}`);
      return null;
    }
  }

  async #add(at: number): Promise<void> {
    const { estates, file, log, addVcenter } = this.sites;
    const estate = estates[at];
    const place = file.state.vcenters[at];
    const running = this.#running[at];
    if (estate === undefined || place === undefined || running === undefined || running === null) return;
    const { password } = file.state;
    try {
      await addVcenter({ name: estate.name, url: running.url, username, password, trust: { kind: 'loopback' } });
      place.isAdded = true;
      file.save();
      log(`Added the sample vCenter ${estate.name} at ${running.url}`);
    } catch (error) {
      log(`The sample vCenter ${estate.name} was not added: ${messageOf(error)}`);
    }
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
