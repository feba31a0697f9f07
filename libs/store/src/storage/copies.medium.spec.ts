import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../../../tools/testing/fresh-database.js';
import { Store } from '../index.js';
import { datastore, mapOf, naa } from '../vcenters/testing/tiny-map.js';

let database: FreshDatabase;
let store: Store;
const vcenters = new Map<string, string>();
beforeAll(async () => {
  database = await freshDatabase();
  store = await Store.open({ url: database.url, allowUnsafe: true });
  for (const name of ['a', 'b', 'c']) {
    const id = randomUUID();
    await store.read.imports.add(id, name, name);
    vcenters.set(name, id);
  }
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

/** Puts one volume in force in each vCenter, on LUNs with these numbers; several = further extents. */
async function told(luns: Readonly<Record<string, readonly number[]>>): Promise<void> {
  for (const [name, id] of vcenters) {
    const extents = (luns[name] ?? []).map((n) => [naa(n)]);
    const datastores = luns[name] === undefined ? [] : [datastore('ds', 'one-volume', extents)];
    await store.inTransaction((tx) => tx.maps.replace(id, { ...mapOf({ datastores }), vcenterUuid: name }));
  }
}
/** Whether the datastore is doubted as a copy by those who judge, by its own page, and by the list of copies. */
async function copies() {
  const { datastores } = await store.read.maps.index();
  const { volumes } = await store.read.storage.volumes({ limit: 10 });
  const listed = await store.read.storage.copies(10);
  expect(listed.flatMap((one) => Object.keys(one)).filter((key) => !['vmfsUuid', 'volumes'].includes(key))).toEqual([]);
  return {
    judged: [...new Set(datastores.map(({ isCopy }) => isCopy))],
    shown: [...new Set(volumes.map(({ doubts }) => doubts.includes('copy')))],
    listed: [listed.length > 0],
  };
}
const all = (isCopy: boolean) => ({ judged: [isCopy], shown: [isCopy], listed: [isCopy] });

it.each([
  ['one LUN', { a: [1], b: [1] }, false],
  ['two LUNs', { a: [1], b: [2] }, true],
  ['two LUNs, of which one vCenter sees both', { a: [1], b: [2], c: [1, 2] }, false],
  ['the same, told in another order', { a: [1], c: [2], b: [1, 2] }, false],
  ['three LUNs, of which two are one volume', { a: [1], b: [1, 2], c: [3] }, true],
  ['a LUN, and one whose name joins nothing', { a: [1], b: [] }, false],
] as const)('is the same answer everywhere: %s', async (_, luns, isCopy) => {
  await told(luns);
  expect(await copies()).toEqual(all(isCopy));
});
