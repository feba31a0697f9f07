import type { LunMap } from '@lunwarden/contract';
import { ChangeFeed } from './collect/change-feed.js';
import {
  collectDatastores,
  collectRest,
  collectVms,
  datastoreQuery,
  type Reading,
  vmQuery,
} from './collect/collect-inventory.js';
import { openContainerView } from './collect/container-view.js';
import { pollSummaries } from './collect/poll-summaries.js';
import { StandingType } from './collect/standing-type.js';
import { collectLunMap, readingOf, type VcenterOptions, watchedOf } from './collect-lun-map.js';
import { assembleLunMap, type Inventory } from './map/assemble-lun-map.js';
import type { PlacedDatastore } from './map/datastore.js';
import type { PlacedVm } from './map/vm.js';
import { closeSession, type Opened, openSession, signalOf } from './open-session.js';
import { reasonOfAbort } from './transport/watchdog.js';

/** What is told of without being asked for; the rest of a datastore is polled. */
const vmPaths = [
  'name',
  'runtime.host',
  'datastore',
  'config.changeVersion',
  // Nothing promises that marking a VM as a template is a new version of its configuration.
  'config.template',
  'snapshot',
  'runtime.consolidationNeeded',
];
const datastorePaths = ['name', 'parent', 'host', 'info'];

type Counted = VcenterOptions & { readonly onTraffic: (bytes: number) => void };

interface Standing {
  readonly opened: Opened;
  readonly feed: ChangeFeed;
  readonly vms: StandingType<PlacedVm>;
  readonly datastores: StandingType<PlacedDatastore>;
  /** When everything was read, and with which account. */
  readonly readAt: number;
  readonly account: string;
}

/**
 * Reads one vCenter again and again: the first time everything, then what the vCenter says has changed, and everything
 * anew after `fullEveryMs`, after any failure, and for another account. A map from here is like one of `collectLunMap`:
 * which objects there are is asked each time, and what is not told of is polled (decision 13). Between two readings it
 * holds one session and what was read of VMs and datastores; `close` gives both back. For one reading at a time.
 */
export class VcenterWatch {
  private standing: Standing | null = null;

  constructor(private readonly fullEveryMs: number) {}

  /** As `collectLunMap`. With `details` everything is read and no session stays. @throws VsphereError */
  async collect(options: VcenterOptions): Promise<LunMap> {
    let bytes = 0;
    const onTraffic = (more: number): void => {
      bytes += more;
    };
    const counted = { ...options, onTraffic };
    try {
      return (await this.change(counted)) ?? (await this.anew(counted));
    } catch (error) {
      await this.close();
      throw error;
    } finally {
      options.onTraffic?.(bytes);
    }
  }

  /** Logs out. Never throws. */
  async close(): Promise<void> {
    const { standing } = this;
    this.standing = null;
    if (standing !== null) await closeSession(standing.opened);
  }

  private async anew(options: Counted): Promise<LunMap> {
    await this.close();
    if (options.details === true) return await collectLunMap(options);
    const opened = await openSession(options);
    try {
      const { map, standing } = await readAll(opened, options);
      this.standing = standing;
      return map;
    } finally {
      if (this.standing === null) await opened.session.close();
      // Sockets are not kept for the minutes between two readings.
      opened.connection.close();
      options.onTraffic(opened.connection.bytesRead);
    }
  }

  /** @returns null when everything has to be read. */
  private async change(options: Counted): Promise<LunMap | null> {
    const { standing } = this;
    if (standing === null || options.details === true) return null;
    const age = options.now().getTime() - standing.readAt;
    if (age < 0 || age >= this.fullEveryMs || standing.account !== accountOf(options)) return null;
    const { session, connection } = standing.opened;
    const before = connection.bytesRead;
    session.serve(signalOf(options));
    try {
      return await readChanges(standing, options);
    } catch (error) {
      // Whatever it was: reading everything finds out, and tells it if it is still so.
      if (session.signal.aborted) throw reasonOfAbort(session.signal) ?? error;
      return null;
    } finally {
      connection.close();
      options.onTraffic(connection.bytesRead - before);
    }
  }
}

async function readAll(opened: Opened, options: Counted): Promise<{ map: LunMap; standing: Standing | null }> {
  const startedAt = options.now();
  const reading = readingOf(opened.session, opened.timeouts, options);
  // Before the reading: what changes during it is then told of afterwards.
  const standing = await begin(opened, options);
  const vms = await collectVms(reading);
  const inventory = { vms, ...(await collectRest(reading)) };
  standing?.vms.keep(vms);
  standing?.datastores.keep(inventory.datastores);
  return { map: await mapOf(reading, inventory, { options, startedAt }), standing };
}

async function readChanges(standing: Standing, options: Counted): Promise<LunMap> {
  const startedAt = options.now();
  const { opened, feed, vms, datastores } = standing;
  const reading = readingOf(opened.session, opened.timeouts, options);
  const touched = await feed.next();
  const allVms = (await vms.refresh(touched)) ?? vms.keep(await collectVms(reading));
  const rest = await collectRest(reading, async () => {
    const moved = await pollSummaries(opened.session, datastores, reading.pageSize);
    const all = await datastores.refresh(new Set([...touched, ...moved]));
    return all ?? datastores.keep(await collectDatastores(reading));
  });
  return await mapOf(reading, { vms: allVms, ...rest }, { options, startedAt });
}

/** @returns null where the vCenter or the account does not allow to watch: then every reading is a full one. */
async function begin(opened: Opened, options: Counted): Promise<Standing | null> {
  const { session } = opened;
  try {
    const vms = new StandingType(session, vmQuery, await openContainerView(session, ['VirtualMachine']));
    const datastores = new StandingType(session, datastoreQuery, await openContainerView(session, ['Datastore']));
    const feed = await ChangeFeed.open(session, [
      { view: vms.view, type: 'VirtualMachine', paths: vmPaths },
      { view: datastores.view, type: 'Datastore', paths: datastorePaths },
    ]);
    // All that there is, which is about to be read in full.
    await feed.next();
    return { opened, feed, vms, datastores, readAt: options.now().getTime(), account: accountOf(options) };
  } catch {
    return null;
  }
}

async function mapOf(
  reading: Reading,
  inventory: Inventory,
  { options, startedAt }: { options: Counted; startedAt: Date },
): Promise<LunMap> {
  const watched = await watchedOf(reading, inventory, options);
  const times = { startedAt, finishedAt: options.now() };
  return assembleLunMap({ content: reading.session.content, ...inventory, more: null, watched, ...times });
}

/** Another of these is another session. */
const accountOf = ({ url, username, password, trust }: VcenterOptions): string =>
  JSON.stringify([url, username, password, trust]);
