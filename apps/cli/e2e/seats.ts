import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { expect } from 'vitest';
import { password, signIn, startTestApi, type TestApi } from '../../api/e2e/test-api.js';
import { axeViolations, openWatched, sideways, type WatchedPage } from '../../dashboard/e2e/watched-page.js';

const dashboardDir = fileURLToPath(new URL('../../dashboard/dist/', import.meta.url));
const pictures = fileURLToPath(new URL('../../../node_modules/.cache/lunwarden/screens/', import.meta.url));

export const themes = ['light', 'dark'] as const;
export const views = themes.flatMap((theme) => [1440, 360].map((width) => ({ theme, width })));
export type View = { theme: (typeof themes)[number]; width: number };
export const wide: View = { theme: 'light', width: 1440 };

/** The API with the dashboard, and two administrators, ada and bob. */
export async function openSeats(): Promise<TestApi> {
  if (!existsSync(join(dashboardDir, 'index.html'))) throw new Error('the dashboard is not built: run `npm run build`');
  await mkdir(pictures, { recursive: true });
  const api = await startTestApi({ dashboardDir, role: 'all' });
  for (const name of ['ada', 'bob']) await api.admin.createAdmin(name, password);
  return api;
}

/** A browser of its own in which this person is signed in. */
export async function sit(
  browser: Browser | null,
  api: TestApi,
  who: string,
  { theme, width }: View = wide,
): Promise<WatchedPage> {
  if (browser === null) throw new Error('there is no browser');
  const watched = await openWatched(browser, api.url, {
    viewport: { width, height: 900 },
    colorScheme: theme,
    reducedMotion: 'reduce',
  });
  const [name = '', value = ''] = (await signIn(api, who)).split('=');
  await watched.page.context().addCookies([{ name, value, url: api.url }]);
  return watched;
}

/** Accessible, quiet, and no wider than its window; a picture is left for whoever wants to look. */
export async function expectSound({ page, complaints }: WatchedPage, name: string, view: View): Promise<void> {
  await page.screenshot({ path: join(pictures, `${name}-${view.theme}-${view.width}.png`), fullPage: true });
  expect(await axeViolations(page), `${name}: axe`).toEqual([]);
  expect(await sideways(page), `${name}: horizontal scrolling`).toBe(0);
  expect(complaints, `${name}: complaints`).toEqual([]);
}
