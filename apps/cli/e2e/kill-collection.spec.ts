import { VcenterStatus } from '@lunwarden/contract';
import { smallSan, vcsimTruth } from '@lunwarden/sample-fleet';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer, type Fault, type FaultProxy, startFaultProxy } from '../../../libs/vsphere/testing/fault-proxy.js';
import { endIdleSessions, openSessions } from '../../../libs/vsphere/testing/sessions.js';
import { account, findVcsim, startVcsim, type Vcsim } from '../../../libs/vsphere/testing/vcsim.js';
import { type ApiChild, apiChild } from './api-child.js';
import { type Client, clientOf, until } from './house.js';

const program = await findVcsim();
const truth = vcsimTruth(smallSan);
const gone = 'vm-100010';
const idleSeconds = 8;

let vcsim: Vcsim;
let proxy: FaultProxy;
let api: ApiChild;
let database: pg.Client;
const faults: Fault[] = [];

beforeAll(async () => {
  if (program === null) return;
  vcsim = await startVcsim(program, { order: smallSan });
  await endIdleSessions(vcsim.url, idleSeconds);
  proxy = await startFaultProxy(vcsim.url, faults);
  api = await apiChild();
  database = new pg.Client({ connectionString: api.databaseUrl });
});
afterAll(async () => {
  await database?.end();
  await api?.close();
  await proxy?.stop();
  await vcsim?.stop();
});

const rows = async <T extends pg.QueryResultRow>(text: string): Promise<T[]> => (await database.query<T>(text)).rows;

/** Everything that is stored of maps: rows, attempts, what is told to those who judge. */
async function stored(): Promise<Record<string, string>> {
  const tables = await rows<{ name: string }>(`SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_name LIKE 'map%' ORDER BY 1`);
  const all: Record<string, string> = {};
  for (const { name } of tables) {
    const [found] = await rows<{ rows: string }>(
      `SELECT count(*) || ' ' || coalesce(md5(string_agg(one::text, '|' ORDER BY one::text)), '') AS rows FROM ${name} one`,
    );
    all[name] = found?.rows ?? '';
  }
  return all;
}

async function statusAt(client: Client): Promise<VcenterStatus> {
  const [only] = VcenterStatus.array().parse(await client.get('/vcenters'));
  if (only === undefined) throw new Error('there is no vCenter');
  return only;
}

/** The fourth thing that is asked for does not come; resolves when it is asked for. */
const holdInTheMiddle = (): Promise<void> =>
  new Promise((reached) => {
    let asked = 0;
    const act: Fault['act'] = async ({ response, forward }) => {
      asked += 1;
      if (asked < 4) return answer(response, await forward());
      reached();
    };
    faults.push({ method: 'RetrievePropertiesEx', act });
  });

/** When somebody logs in next, as an instant in milliseconds. */
const nextLogin = (): Promise<number> =>
  new Promise((resolve) => {
    const act: Fault['act'] = async ({ response, forward }) => {
      resolve(Date.now());
      answer(response, await forward());
    };
    faults.push({ method: 'Login', act });
  });

describe.skipIf(program === null)('a server that is killed in the middle of a collection', () => {
  it('leaves the last complete map in force, and the next collection whole (F10)', async () => {
    const first = await api.start();
    const client = await clientOf(first.url, first.setupCode);
    await database.connect();
    const added = { name: 'lab', url: proxy.url, ...account, trust: { kind: 'loopback' } };
    const { id } = VcenterStatus.parse(await client.post('/vcenters', added));
    const wholeMap = async () => {
      const status = await statusAt(client);
      return status.state === 'ok' && status;
    };
    const before = await until('the first map is in force', wholeMap, 60_000);
    const rowsBefore = await stored();

    // What would be read now is another map: a row of it would be seen.
    await vcsim.change({ do: 'remove', type: 'VirtualMachine', id: gone });
    const middle = holdInTheMiddle();
    await client.post(`/vcenters/${id}/collect`, {});
    await middle;
    expect(await statusAt(client)).toMatchObject({ state: 'collecting', mapCollectedAt: before.mapCollectedAt });
    await api.kill();
    const leftByTheKill = await openSessions(vcsim.url);
    expect(leftByTheKill).toBe(1);
    expect(await stored()).toEqual(rowsBefore);
    const [lease] = await rows<{ until: Date }>(`SELECT lease_until AS until FROM vcenter_collection`);
    const leaseUntil = lease?.until.getTime() ?? 0;
    expect(leaseUntil).toBeGreaterThan(Date.now());

    faults.length = 0;
    const loggedIn = nextLogin();
    await api.start();
    // Its age goes on, nothing is called complete that is not, and who judges was told nothing.
    expect(await statusAt(client)).toMatchObject({ ...before, state: 'collecting' });
    expect(await stored()).toEqual(rowsBefore);
    await until('the vCenter ended the session of the dead', async () => (await openSessions(vcsim.url)) === 0, 30_000);
    expect(await loggedIn).toBeGreaterThanOrEqual(leaseUntil);

    const after = await until('the next map is in force', wholeMap, 60_000);
    expect(after).toMatchObject({ vms: truth.vms.length - 1, gaps: 0, lastError: null });
    expect(Date.parse(after.mapCollectedAt ?? '')).toBeGreaterThan(leaseUntil - 1);
    const vms = await rows<{ id: string }>(`SELECT id FROM map_vm ORDER BY id`);
    const expected = truth.vms.map((vm) => vm.id).filter((vm) => vm !== gone);
    expect(vms.map((vm) => vm.id)).toEqual(expected.sort());
    const outcomes = await rows<{ outcome: string }>(`SELECT outcome FROM map_attempt ORDER BY started_at`);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['in-force', 'in-force']);

    expect(await api.stop()).toBe(0);
    const leftAtTheEnd = await openSessions(vcsim.url);
    expect(leftAtTheEnd).toBe(0);
    const overdue = Math.round(((await loggedIn) - leaseUntil) / 100) / 10;
    console.info(
      `kill -9 in a collection: 0 partial maps, taken over ${overdue} s after the lease, ${leftAtTheEnd} sessions left`,
    );
  }, 300_000);
});
