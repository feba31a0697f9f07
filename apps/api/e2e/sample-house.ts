import { randomUUID } from 'node:crypto';
import type { LunMap } from '@lunwarden/contract';
import { hostReport, lunMapOf, type SampleFleet, type SampleHost } from '@lunwarden/sample-fleet';
import { isComplete, Store } from '@lunwarden/store';
import { password, post, signIn, startTestApi, type TestApi } from './test-api.js';

/** A sample fleet that reports to the API as it ships, with the maps of its vCenters in force. */
export type SampleHouse = {
  api: TestApi;
  store: Store;
  /** Anew, where the clock was moved past the end of a session. @returns the Cookie header */
  signIn(): Promise<string>;
  /** Host ids by sample host. */
  ids: ReadonlyMap<SampleHost, string>;
  get(path: string): Promise<Response>;
  close(): Promise<void>;
};

export async function openSampleHouse(
  fleet: SampleFleet,
  now = () => new Date(fleet.asOf),
  dashboardDir: string | null = null,
): Promise<SampleHouse> {
  const api = await startTestApi({ role: 'api', now, dashboardDir });
  const store = await Store.open({ url: api.databaseUrl, allowUnsafe: true });
  for (const vcenter of fleet.vcenters) await putMap(store, vcenter.name, lunMapOf(vcenter, fleet.asOf));
  const token = await api.admin.createEnrollToken({ label: 'sample', maxUses: fleet.hosts.length, expiresInHours: 1 });
  const ids = new Map<SampleHost, string>();
  for (const host of fleet.hosts) ids.set(host, await reportOnce(api, { token, host, now: fleet.asOf }));
  await api.admin.createAdmin('root', password);
  let cookie = await signIn(api, 'root');
  return {
    api,
    store,
    ids,
    signIn: async () => {
      cookie = await signIn(api, 'root');
      return cookie;
    },
    get: (path) => fetch(`${api.url}/api/v1${path}`, { headers: { cookie } }),
    async close() {
      await store.close();
      await api.close();
    },
  };
}

/** Puts a map in force as if its vCenter had been read. */
export async function putMap(store: Store, name: string, map: LunMap): Promise<string> {
  if (!isComplete(map)) throw new Error(`the map of ${name} is not complete`);
  const id = randomUUID();
  const secret = { keyId: 'k', wrappedKey: Buffer.of(1), sealed: Buffer.of(2) };
  await store.inTransaction(async (tx) => {
    await tx.vcenters.add({ id, name, url: `https://${name}`, username: 'u', trust: { kind: 'system' }, secret });
    await tx.maps.replace(id, map);
  });
  return id;
}

async function reportOnce(api: TestApi, told: { token: string; host: SampleHost; now: string }): Promise<string> {
  const { token, host, now } = told;
  const { hostname, installId, system } = host;
  const enrolled = await post(`${api.url}/api/v1/enroll`, { token, installId, hostname, platform: system.platform });
  const { hostId, key } = (await enrolled.json()) as { hostId: string; key: string };
  const answer = await post(`${api.url}/api/v1/reports`, hostReport(host, { now, seq: 1 }), {
    authorization: `Bearer ${key}`,
  });
  if (!answer.ok) throw new Error(`report refused: ${answer.status} ${await answer.text()}`);
  return hostId;
}
