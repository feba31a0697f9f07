import type { ChangeWindowRequest, VcenterRequest } from '@lunwarden/contract';
import pg from 'pg';
import type { StartedApi } from './api-process.js';
import type { World } from './command.js';
import { startDemo } from './demo/start-demo.js';

type Showing = { api: StartedApi; databaseUrl: string; home: string; say: World['say'] };

const lockKey = 8_420_002;
/** Whoever plans changes in the demo is named so. */
const planner = 'demo';
/** The most that an enrolment token may have; the demo's fleet is smaller. */
const token = { label: 'Demo', maxUses: 10_000, expiresInHours: 168 };

/**
 * Lets the made-up fleet live in this process, unless a second copy on the same database does: a proxy that two play at once
 * would be taken for a copied identity.
 * @returns what ends it.
 */
export async function showDemo({ api, databaseUrl, home, say }: Showing): Promise<() => Promise<void>> {
  const lock = await takeTurn(databaseUrl);
  if (lock === null) {
    say('Another copy of Lunwarden plays the demo on this data; this one shows it.');
    return async () => {};
  }
  const ending = new AbortController();
  const doors = {
    createEnrollToken: () => api.admin.createEnrollToken(token),
    addVcenter: async (request: VcenterRequest) => {
      await api.admin.addVcenter(request);
    },
    planWindow: (request: ChangeWindowRequest) => api.admin.planWindow(request, planner),
    requestPreflight: (hostId: string) => api.admin.requestPreflight(hostId, planner),
  };
  const demo = await startDemo({ apiUrl: api.url, doors, home, log: say, signal: ending.signal });
  // Told when it is so; nobody waits for it.
  demo.ready.then(
    ({ hosts, ms }) =>
      say(`${hosts} demo proxies have reported (${(ms / 1000).toFixed(1)} s); the fleet goes on changing.`),
    (error: unknown) => say(`The demo ended: ${String(error)}`),
  );
  return async () => {
    ending.abort();
    await demo.ended.finally(() => lock.end());
  };
}

/** The connection whose life is the turn, or null if another process has it. */
async function takeTurn(databaseUrl: string): Promise<pg.Client | null> {
  const lock = new pg.Client({ connectionString: databaseUrl, application_name: 'lunwarden demo' });
  lock.on('error', () => {});
  await lock.connect();
  const { rows } = await lock.query<{ taken: boolean }>(`SELECT pg_try_advisory_lock(${lockKey}) AS taken`);
  if (rows[0]?.taken === true) return lock;
  await lock.end();
  return null;
}
