import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { type FreshDatabase, freshDatabase } from '../../../../tools/testing/fresh-database.js';
import { Store } from '../index.js';
import { inventoryText } from './inventory-rows.js';
import { indexText } from './map-index.js';
import { datastore, mapOf, naa, vm } from './testing/tiny-map.js';

const [datastores, vmsEach] = [300, 20];
const vmCount = datastores * vmsEach;
let database: FreshDatabase;
let store: Store;
let client: pg.Client;

beforeAll(async () => {
  database = await freshDatabase();
  store = await Store.open({ url: database.url, allowUnsafe: true });
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const vcenterId = '00000000-0000-4000-8000-000000000001';
  const vms = Array.from({ length: vmCount }, (_, at) => vm(`vm-${at}`, [`ds-${at % datastores}`]));
  const map = mapOf({
    datastores: Array.from({ length: datastores }, (_, at) => datastore(`ds-${at}`, `vmfs-${at}`, [[naa(at)]])),
    vms,
    snapshots: vms
      .slice(0, 1_000)
      .map(({ id }) => ({ vm: id, name: 'VEEAM BACKUP TEMPORARY SNAPSHOT', createdAt: null })),
    needConsolidation: vms.slice(0, 1_000).map(({ id }) => id),
  });
  await store.inTransaction(async (tx) => {
    await tx.imports.add(vcenterId, 'big', 'instance-a');
    await tx.maps.replace(vcenterId, map);
  });
  // With these figures the planner took the grouped places of all VMs for one row, and made them for each datastore.
  await client.query('VACUUM ANALYZE');
});
afterAll(async () => {
  await client.end();
  await store.close();
  await database.drop();
});

const Plan = z.object({
  'Relation Name': z.string().optional(),
  'Actual Rows': z.number(),
  'Actual Loops': z.number(),
  'Rows Removed by Filter': z.number().default(0),
  get Plans() {
    return z.array(Plan).default([]);
  },
});
const Answer = z.tuple([z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan })]) })]);

/** Rows of the places of VMs that the statement looks at. */
async function placesLookedAt(text: string): Promise<number> {
  const { rows } = await client.query(`EXPLAIN (ANALYZE, FORMAT JSON) ${text}`);
  const sum = (plan: z.output<typeof Plan>): number => {
    const own = (plan['Actual Rows'] + plan['Rows Removed by Filter']) * plan['Actual Loops'];
    const isOfPlaces = plan['Relation Name'] === 'map_vm_datastore';
    return (isOfPlaces ? own : 0) + plan.Plans.reduce((total, child) => total + sum(child), 0);
  };
  return sum(Answer.parse(rows)[0]['QUERY PLAN'][0].Plan);
}

it('is read at the cost of what is in it, and not of that times the datastores', async () => {
  expect(await placesLookedAt(indexText)).toBeLessThanOrEqual(vmCount);
  const { datastores: read } = await store.read.maps.index();
  expect(read.map(({ vmIds }) => vmIds.length)).toEqual(Array.from({ length: datastores }, () => vmsEach));
});

it('tells what backups left at the cost of what they left, and not of all VMs', async () => {
  const { leftovers } = await store.read.maps.inventory();
  expect(leftovers.length).toBeGreaterThanOrEqual(1_000);
  expect(await placesLookedAt(inventoryText)).toBeLessThanOrEqual(2 * leftovers.length);
});
