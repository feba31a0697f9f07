import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StoragePage } from '@lunwarden/contract';
import { presentedLuns, sampleFleet } from '@lunwarden/sample-fleet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../dashboard/e2e/browser.js';
import { axeViolations, openWatched, sideways, type WatchedPage } from '../../dashboard/e2e/watched-page.js';
import { openSampleHouse, type SampleHouse } from './sample-house.js';

const dashboardDir =
  process.env.LUNWARDEN_TEST_DASHBOARD ?? fileURLToPath(new URL('../../dashboard/dist/', import.meta.url));
const pictures = fileURLToPath(new URL('../../../node_modules/.cache/lunwarden/screens/', import.meta.url));
const browser = await launchBrowser();
const views = (['light', 'dark'] as const).flatMap((theme) => [1440, 360].map((width) => ({ theme, width })));

describe.skipIf(browser === null)('the storage screen, in a real browser', () => {
  const asOf = new Date(Date.now() - 60_000).toISOString();
  let house: SampleHouse;
  let list: StoragePage;

  beforeAll(async () => {
    if (!existsSync(join(dashboardDir, 'index.html')))
      throw new Error('the dashboard is not built: run `npm run build`');
    await mkdir(pictures, { recursive: true });
    // The first fleet in which a proxy sees LUNs that no map knows.
    const fleet = Array.from({ length: 50 }, (_, seed) => sampleFleet({ seed, asOf, hosts: 30, vcenters: 2 })).find(
      ({ hosts }) => hosts.some((host) => presentedLuns(host).some(({ use }) => use === 'spare')),
    )!;
    house = await openSampleHouse(fleet, () => new Date(), dashboardDir);
    list = (await (await house.get('/storage?limit=200&seen=yes')).json()) as StoragePage;
  });
  afterAll(async () => {
    await house?.close();
    await browser?.close();
  });

  async function open(theme: 'light' | 'dark', width: number): Promise<WatchedPage> {
    if (browser === null) throw new Error('there is no browser');
    const options = { viewport: { width, height: 900 }, colorScheme: theme, reducedMotion: 'reduce' } as const;
    const watched = await openWatched(browser, house.api.url, options);
    const [name = '', value = ''] = (await house.signIn()).split('=');
    await watched.page.context().addCookies([{ name, value, url: house.api.url }]);
    return watched;
  }

  const seen = () => list.datastores.find(({ sights }) => sights.length > 1)!;
  const screens = {
    storage: { path: () => '/storage', heading: () => 'Storage' },
    'storage-orphans': { path: () => '/storage?view=orphans', heading: () => 'Storage' },
    'storage-copies': { path: () => '/storage?view=copies', heading: () => 'Storage' },
    'storage-none': { path: () => '/storage?q=nothing-is-called-this', heading: () => 'Storage' },
    datastore: { path: () => `/storage/datastores/${encodeURIComponent(seen().id)}`, heading: () => seen().name },
  };

  it.each(views)('is accessible, quiet and inside the window: $theme, $width px', async ({ theme, width }) => {
    for (const [name, { path, heading }] of Object.entries(screens)) {
      const { page, complaints, close } = await open(theme, width);
      await page.goto(house.api.url + path());
      await page.getByRole('heading', { level: 1, name: heading() }).waitFor();
      await page.waitForLoadState('networkidle');
      await page.screenshot({ path: join(pictures, `${name}-${theme}-${width}.png`), fullPage: true });
      expect(await axeViolations(page), `${name}: axe`).toEqual([]);
      expect(await sideways(page), `${name}: horizontal scrolling`).toBe(0);
      expect(complaints, `${name}: complaints`).toEqual([]);
      await close();
    }
  });

  it('leads from a datastore to exactly the proxies that the API names, and from a proxy to its blast radius', async () => {
    const { page, close } = await open('light', 1440);
    const { id, name, sights } = seen();
    await page.goto(`${house.api.url}/storage?seen=yes`);
    await page.getByRole('searchbox').fill(name);
    await page.waitForURL(/q=/);
    await page.getByRole('link', { name, exact: true }).click();
    await page.waitForURL(`**/storage/datastores/${encodeURIComponent(id)}`);
    await page.getByTestId('sight-row').first().waitFor();
    const names = await page.getByTestId('sight-row').getByRole('link').allTextContents();
    const expected = sights.map(({ hostId }) => list.hosts.find((host) => host.hostId === hostId)!.hostname);
    expect(names.toSorted()).toEqual(expected.toSorted());
    await page.getByRole('link', { name: names[0]!, exact: true }).click();
    await page.getByRole('heading', { level: 1, name: names[0]! }).waitFor();
    await close();
  });
});
