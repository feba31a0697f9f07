import { setTimeout as sleep } from 'node:timers/promises';
import type { VcenterRequest } from '@lunwarden/contract';
import { evolve, type SampleFleet, sampleFleet } from '@lunwarden/sample-fleet';
import { type ChangeDoors, planChanges } from './change-plan.js';
import { StateFile } from './demo-state.js';
import { AgentClient } from './proxies/agent-client.js';
import { SimulatedProxies } from './proxies/simulated-proxies.js';
import { SampleVcenters } from './sample-vcenters.js';

/** Rights of an administrator, lent by whoever starts the demo: no user and no password exists for it. */
export type DemoDoors = ChangeDoors & {
  /** A token with uses for every proxy of the fleet. */
  createEnrollToken(): Promise<string>;
  addVcenter(request: VcenterRequest): Promise<void>;
};

export type DemoOptions = {
  /** Where the API listens, e.g. `http://127.0.0.1:8080`. */
  apiUrl: string;
  doors: DemoDoors;
  /** Folder in which the demo keeps its proxies' keys from one start to the next. */
  home: string;
  log(line: string): void;
  /** Ends the demo. */
  signal: AbortSignal;
  seed?: number;
  hosts?: number;
  vcenters?: number;
  changeEveryMs?: number;
};

export type RunningDemo = {
  /** Every proxy has enrolled and had its say, or the signal came first: how many, and how long that took. */
  ready: Promise<{ hosts: number; ms: number }>;
  /** Resolves after the signal, when nothing of the demo runs any more. Never rejects. */
  ended: Promise<void>;
};

/**
 * Fills the API with the sample fleet through its real doors, and keeps the fleet changing: vCenters that the API's own
 * collector reads over SOAP, and proxies that enrol with a token and report over HTTP. Returns when the vCenters are added.
 * @throws Error when the state in `home` is damaged.
 */
export async function startDemo(options: DemoOptions): Promise<RunningDemo> {
  const { seed = 2012, hosts = 142, vcenters = 3, home, log, signal } = options;
  const file = await StateFile.open(home, { seed, hosts, vcenters, asOf: new Date().toISOString() });
  file.state.starts++;
  file.save();
  const fleet = fleetOf(file, vcenters);
  const sites = new SampleVcenters({ estates: fleet.vcenters, file, log, addVcenter: options.doors.addVcenter });
  await sites.start();
  await sites.addMissing();
  const proxies = new SimulatedProxies(
    {
      client: new AgentClient(options.apiUrl, signal),
      createEnrollToken: options.doors.createEnrollToken,
      onForgotten: () => sites.addAll(),
      log,
    },
    file,
  );
  const startedAt = performance.now();
  proxies.become(fleet);
  const ended = Promise.all([proxies.run(signal), live({ fleet, proxies, file, options })])
    .then(() => file.settled())
    // The demo is a guest in the API's process: its end must not be the end of both.
    .catch((error: unknown) => log(`The demo has ended: ${error instanceof Error ? error.message : String(error)}`))
    .finally(() => sites.close());
  const ready = Promise.race([proxies.allSpoken, ended]).then(() => ({
    hosts: hosts - proxies.waiting,
    ms: Math.round(performance.now() - startedAt),
  }));
  return { ready, ended };
}

/** The fleet as this demo left it: made anew, and lived through all its steps. */
function fleetOf({ state }: StateFile, vcenters: number): SampleFleet {
  let fleet = sampleFleet({ seed: state.seed, asOf: state.asOf, hosts: state.hosts, vcenters });
  while (fleet.step < state.step) fleet = evolve(fleet);
  return fleet;
}

type Living = { fleet: SampleFleet; proxies: SimulatedProxies; file: StateFile; options: DemoOptions };

/** Tells how the first round goes, then takes one step after the other. */
async function live({ fleet, proxies, file, options }: Living): Promise<void> {
  const { signal, log, changeEveryMs = 4000 } = options;
  const all = fleet.hosts.length;
  while (proxies.waiting > 0 && (await paused(2000, signal))) {
    if (proxies.waiting > 0) log(`${all - proxies.waiting} of ${all} sample proxies have reported`);
  }
  if (!signal.aborted) await changes({ fleet, proxies, file, options });
  for (let now = fleet; await paused(changeEveryMs, signal); ) {
    now = evolve(now);
    file.state.step = now.step;
    file.save();
    proxies.become(now);
  }
}

/** Plans changes where none lies ahead. Whether they are taken is no matter of life and death for the fleet. */
async function changes({ fleet, proxies, file, options: { doors, log } }: Living): Promise<void> {
  const { state } = file;
  const now = Date.now();
  if (state.plannedUpTo !== null && Date.parse(state.plannedUpTo) > now) return;
  try {
    const { upTo, asked } = await planChanges({ fleet, ids: state.ids, doors, now });
    state.plannedUpTo = upTo;
    file.save();
    if (asked !== null) proxies.hurry(asked);
  } catch (error) {
    log(`The change windows of the demo were not planned: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** False = the signal came. */
async function paused(ms: number, signal: AbortSignal): Promise<boolean> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
  return !signal.aborted;
}
