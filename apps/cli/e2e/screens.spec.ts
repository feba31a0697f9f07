import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ChangeWindow, WhatIfAnswer, WindowGates } from '@lunwarden/contract';
import { storyFacts } from '@lunwarden/sample-fleet';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../dashboard/e2e/browser.js';
import { axeViolations, openWatched, sideways, type WatchedPage } from '../../dashboard/e2e/watched-page.js';
import { startDemo } from '../src/demo/start-demo.js';
import { admin, type EnrolledProxy, type House, openHouse, until } from './house.js';

const dashboardDir = fileURLToPath(new URL('../../dashboard/dist/', import.meta.url));
const pictures = fileURLToPath(new URL('../../../node_modules/.cache/lunwarden/screens/', import.meta.url));
const browser = await launchBrowser();

const themes = ['light', 'dark'] as const;
const widths = [1440, 360] as const;
const views = themes.flatMap((theme) => widths.map((width) => ({ theme, width })));

describe.skipIf(browser === null)('the screens, in a real browser', () => {
  let house: House;
  let proxy: EnrolledProxy;
  let home: string;
  let windowId: string;
  const demo = new AbortController();

  beforeAll(async () => {
    if (!existsSync(join(dashboardDir, 'index.html')))
      throw new Error('the dashboard is not built: run `npm run build`');
    await mkdir(pictures, { recursive: true });
    home = await mkdtemp(join(tmpdir(), 'lunwarden-screens-'));
    house = await openHouse({ dashboardDir });
    const { ready } = await startDemo({
      apiUrl: house.url,
      doors: {
        createEnrollToken: () => house.createEnrollToken(100),
        addVcenter: async (request) => {
          await house.addVcenter(request);
        },
        planWindow: async (request) => void (await house.post('/api/v1/windows', request)),
        requestPreflight: async (hostId) => void (await house.post(`/api/v1/hosts/${hostId}/preflight`, {})),
      },
      home,
      log: () => undefined,
      signal: demo.signal,
      hosts: 30,
      vcenters: 1,
      changeEveryMs: 3_600_000,
    });
    await ready;
    proxy = await house.enroll('vbr-proxy-2008');
    await house.report(proxy, storyFacts('service-pack-failed'));
    const startsAt = new Date(Date.now() - 60_000).toISOString();
    const endsAt = new Date(Date.now() + 3 * 3_600_000).toISOString();
    const stored = await house.post('/api/v1/windows', {
      name: 'Tonight',
      startsAt,
      endsAt,
      timeZone: 'Europe/Amsterdam',
      hostIds: null,
    });
    windowId = ChangeWindow.parse(await stored.json()).id;
  });
  afterAll(async () => {
    demo.abort();
    await house.close();
    await browser?.close();
    await rm(home, { recursive: true, force: true });
  });

  const open = async (theme: 'light' | 'dark', width: number): Promise<WatchedPage> => {
    const watched = await openWatched(browser as Browser, house.url, {
      viewport: { width, height: 900 },
      colorScheme: theme,
      reducedMotion: 'reduce',
    });
    const [name = '', value = ''] = house.cookie.split('=');
    await watched.page.context().addCookies([{ name, value, url: house.url }]);
    return watched;
  };

  const screens = {
    overview: '/',
    hosts: '/hosts',
    host: () => `/hosts/${proxy.hostId}`,
    runbook: () => `/hosts/${proxy.hostId}?tab=runbook`,
    whatIf: () => `/hosts/${proxy.hostId}?tab=whatif&unmask=1`,
    windows: '/gate',
    gate: () => `/gate/${windowId}`,
    overrides: '/overrides',
    actions: '/actions',
    feeds: '/setup/feeds',
    vcenters: '/setup/vcenters',
    policy: '/setup/policy',
    reports: '/reports',
    tokens: '/setup/tokens',
  };
  const headings = {
    overview: 'Overview',
    hosts: 'Hosts',
    host: 'vbr-proxy-2008',
    runbook: 'vbr-proxy-2008',
    whatIf: 'vbr-proxy-2008',
    windows: 'Patch gate',
    gate: 'Tonight',
    overrides: 'Overrides',
    actions: 'Actions',
    feeds: 'Feeds',
    vcenters: 'vCenters',
    policy: 'Policy',
    reports: 'Reports',
    tokens: /Enrol/,
  };

  it.each(views)('are accessible, quiet and inside the window: $theme, $width px', async ({ theme, width }) => {
    for (const name of Object.keys(screens) as (keyof typeof screens)[]) {
      const { page, complaints, close } = await open(theme, width);
      const path = screens[name];
      await page.goto(house.url + (typeof path === 'function' ? path() : path));
      await page.getByRole('heading', { level: 1, name: headings[name] }).waitFor();
      await page.waitForLoadState('networkidle');
      await page.screenshot({ path: join(pictures, `${name}-${theme}-${width}.png`), fullPage: true });
      expect(await axeViolations(page), `${name}: axe`).toEqual([]);
      expect(await sideways(page), `${name}: horizontal scrolling`).toBe(0);
      expect(complaints, `${name}: complaints`).toEqual([]);
      await close();
    }
  });

  it('show the popular fix as critical in the open page, without a reload', async () => {
    const { page, complaints, close } = await open('light', 1440);
    await page.goto(`${house.url}/hosts/${proxy.hostId}`);
    const main = page.getByRole('main');
    await main.getByText('High', { exact: false }).first().waitFor();
    let loads = 0;
    page.on('load', () => loads++);
    await house.report(proxy, storyFacts('popular-fix'));
    await main.getByText('Critical', { exact: false }).first().waitFor({ timeout: 10_000 });
    await house.report(proxy, storyFacts('targeted-fix'));
    await main.getByText('Medium', { exact: false }).first().waitFor({ timeout: 10_000 });
    expect(loads).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  });

  it('show the numbers of the API, and each number leads to its rows', async () => {
    const { page, close } = await open('light', 1440);
    await page.goto(house.url);
    const critical = (await house.fleet()).hosts.filter((host) => host.level === 'critical').length;
    const tile = page
      .getByRole('link', { name: /critical/i })
      .filter({ hasText: String(critical) })
      .first();
    await tile.click();
    await page.getByRole('heading', { level: 1, name: 'Hosts' }).waitFor();
    await page.getByText(`${critical} of ${(await house.fleet()).hosts.length}`).waitFor();
    await close();
  });

  it('say of a what-if what the API says, and a copied link says it again', async () => {
    const { page, complaints, close } = await open('light', 1440);
    await page.goto(`${house.url}/hosts/${proxy.hostId}?tab=whatif`);
    const shown = page.getByTestId('whatif-score').getByRole('cell').nth(1);
    await page.getByRole('switch', { name: /unmasked/ }).click();
    await page.getByLabel('Transport mode').selectOption('network');
    const { assessment } = await house.host(proxy.hostId);
    const path = `/api/v1/hosts/${proxy.hostId}/what-if?mode=network&unmask=1`;
    const answer = WhatIfAnswer.parse(await (await house.get(path)).json());
    const { score, level, low } = answer;
    expect({ score, level, low }).toEqual(assessment.modes.find(({ mode }) => mode === 'network')?.unmasked);
    const text = String(Math.round(answer.score));
    await until('the page shows the score of the API', async () => (await shown.innerText()).includes(text));
    const link = page.url();
    await page.goto('about:blank');
    await page.goto(link);
    await until('the link shows it again', async () => (await shown.innerText()).includes(text));
    expect((await house.host(proxy.hostId)).assessment.score).toBe(assessment.score);
    expect(complaints).toEqual([]);
    await close();
  });

  it('count the verdicts of the gate as the API gives them', async () => {
    const { page, close } = await open('light', 1440);
    const { hosts } = WindowGates.parse(await (await house.get(`/api/v1/windows/${windowId}/gate`)).json());
    await page.goto(`${house.url}/gate/${windowId}`);
    for (const verdict of ['no-go', 'unknown', 'go-with-steps', 'go'] as const) {
      const count = hosts.filter((host) => host.verdict === verdict).length;
      const tile = page.getByTestId(`count-${verdict}`);
      await until(`${verdict} is counted`, async () => (await tile.innerText()).endsWith(` ${count}`));
    }
    await close();
  });

  it('go where the keyboard says', async () => {
    const { page, complaints, close } = await open('light', 1440);
    await page.goto(house.url);
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('h');
    await page.getByRole('heading', { level: 1, name: 'Hosts' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Screen or host' }).fill('vbr-proxy-2008');
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'vbr-proxy-2008' }).waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  it('keep their numbers when the code of a chart does not come, and draw it when it does', async () => {
    const { page, close } = await open('light', 1440);
    const chart = '**/assets/level-trend-*.js';
    await page.route(chart, (route) => route.abort());
    await page.goto(house.url);
    await page.getByText('The chart could not be fetched from the server.').waitFor();
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    const trend = page.getByRole('region', { name: 'Risk trend' });
    await trend.getByRole('table').waitFor();
    await page.unroute(chart);
    await trend.getByRole('button', { name: 'Retry' }).click();
    await trend.locator('svg.recharts-surface').first().waitFor();
    expect(await trend.getByRole('alert').count()).toBe(0);
    await close();
  });

  it('come back by themselves after the line was cut, with the totals of the API', async () => {
    const { page, close } = await open('light', 1440);
    await page.goto(house.url);
    await page.getByText('Live', { exact: true }).waitFor();
    await page.context().setOffline(true);
    await house.report(proxy, storyFacts('popular-fix'));
    await page.context().setOffline(false);
    const critical = (await house.fleet()).hosts.filter((host) => host.level === 'critical').length;
    await until('the tile has the new total', async () =>
      page
        .getByRole('link', { name: /critical/i })
        .filter({ hasText: String(critical) })
        .first()
        .isVisible(),
    );
    await close();
  });

  it('ask who is there before they show anything', async () => {
    const { page, complaints, close } = await openWatched(browser as Browser, house.url);
    await page.goto(`${house.url}/hosts`);
    await page.getByLabel(/^user/i).fill(admin.username);
    await page.getByRole('textbox', { name: /password/i }).fill(admin.password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Hosts' }).waitFor();
    expect(complaints.filter((text) => !text.includes('401'))).toEqual([]);
    await close();
  });
});
