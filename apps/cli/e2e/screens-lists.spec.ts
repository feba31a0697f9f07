import { VcenterStatus } from '@lunwarden/contract';
import { lunMapOf, sampleFleet, storyFacts, windowsFacts } from '@lunwarden/sample-fleet';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packedWorkbook } from '../../../libs/rvtools/testing/pack-export.js';
import { sampleExport } from '../../../libs/rvtools/testing/sample-export.js';
import { browserOf, type ReportingHost, reportingHost } from '../../api/e2e/reporting-host.js';
import { signIn, type TestApi } from '../../api/e2e/test-api.js';
import { launchBrowser } from '../../dashboard/e2e/browser.js';
import { until } from './house.js';
import { expectSound, openSeats, sit, views, wide } from './seats.js';

const browser = await launchBrowser();
const [vcenter] = sampleFleet({ seed: 3, asOf: new Date().toISOString(), hosts: 12, vcenters: 1 }).vcenters;
if (vcenter === undefined) throw new Error('the sample has no vCenter');
const truth = lunMapOf(vcenter, new Date().toISOString());
/** As a clock without a zone shows it, so many hours ago. */
const hoursAgo = (hours: number) =>
  new Date(Date.now() - hours * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
const exportOf = (map: typeof truth, hours: number) =>
  sampleExport(map, { server: vcenter.name, createdAt: hoursAgo(hours) });

let api: TestApi;
const hosts: Record<string, ReportingHost> = {};

beforeAll(async () => {
  if (browser === null) return;
  api = await openSeats();
  for (const name of ['pxy-a', 'pxy-b', 'pxy-c']) {
    hosts[name] = await reportingHost(api, name);
    await hosts[name]?.report(windowsFacts());
  }
});
afterAll(async () => {
  await api?.close();
  await browser?.close();
});

const namesIn = async (page: Page) => page.getByTestId('host-row').getByRole('link').allInnerTexts();

describe.skipIf(browser === null)('the list of hosts, in a real browser', () => {
  it('hides columns and sets rows closer with the keyboard alone, and keeps both over a reload', async () => {
    const seat = await sit(browser, api, 'ada');
    const { page } = seat;
    await page.goto(`${api.url}/hosts`);
    const heading = page.getByRole('columnheader', { name: 'SAN policy' });
    await heading.waitFor();
    await page.locator('summary', { hasText: 'Columns' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('checkbox', { name: 'SAN policy' }).focus();
    await page.keyboard.press('Space');
    await heading.waitFor({ state: 'detached' });
    await expectSound(seat, 'hosts-columns', wide);
    await page.keyboard.press('Escape');
    await page.getByLabel('Row height').selectOption('compact');
    await page.reload();
    await page.getByText('Columns: 10 of 11').waitFor();
    expect(await heading.count()).toBe(0);
    const row = await page.getByTestId('host-row').first().boundingBox();
    expect(Math.round(row?.height ?? 0)).toBeLessThanOrEqual(34);
    await seat.close();
  });

  it('keeps rows where they are under a pointer until somebody re-sorts, and the way to the button moves nothing', async () => {
    const { page, complaints, close } = await sit(browser, api, 'ada');
    await page.goto(`${api.url}/hosts`);
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByTestId('host-row').first().waitFor();
    const before = await namesIn(page);
    await page.getByTestId('host-row').first().hover();
    await hosts['pxy-c']?.report(storyFacts('popular-fix'));
    const critical = page.getByTestId('host-row').filter({ hasText: 'Critical' });
    await critical.filter({ hasText: 'pxy-c' }).waitFor();
    expect(await namesIn(page)).toEqual(before);
    await page.getByTestId('resort').hover();
    expect(await namesIn(page)).toEqual(before);
    await page.getByTestId('resort').click();
    await until('the worst host is first', async () => (await namesIn(page))[0] === 'pxy-c');
    expect(await page.getByTestId('resort').count()).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  });

  it('does the same for the keyboard: the row with the focus stays, and Enter on Re-sort goes on in the table', async () => {
    const { page, close } = await sit(browser, api, 'ada');
    await page.goto(`${api.url}/hosts`);
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByTestId('host-row').first().waitFor();
    await page.keyboard.press('j');
    const before = await namesIn(page);
    await hosts['pxy-b']?.report(storyFacts('popular-fix'));
    await hosts['pxy-c']?.report(windowsFacts());
    await page.getByTestId('resort').waitFor();
    expect(await namesIn(page)).toEqual(before);
    await page.getByTestId('resort').focus();
    await page.keyboard.press('Enter');
    await until('the worst host is first', async () => (await namesIn(page))[0] === 'pxy-b');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Hosts, scrollable');
    await close();
  });
});

describe.skipIf(browser === null)('the import of an RVTools export, in a real browser', () => {
  type Chosen = { name: string; mimeType: string; buffer: Buffer };
  const csv = (tabs: ReturnType<typeof exportOf>): Chosen[] =>
    Object.entries(tabs).map(([tab, rows]) => ({
      name: `RVTools_tab${tab}.csv`,
      mimeType: 'text/csv',
      buffer: Buffer.from(
        `\ufeff${rows.map((row) => row.map((cell) => `"${String(cell ?? '').replaceAll('"', '""')}"`).join(',')).join('\r\n')}\r\n`,
      ),
    }));
  async function bring(page: Page, files: Chosen | Chosen[]) {
    await page.locator('input[type=file]').setInputFiles(files);
    await page.getByRole('button', { name: 'Import', exact: true }).click();
  }
  const openForm = async (page: Page) => {
    await page.goto(`${api.url}/setup/vcenters`);
    await page.getByRole('button', { name: 'Import an RVTools export' }).click();
  };
  const statuses = async (): Promise<VcenterStatus[]> =>
    VcenterStatus.array().parse((await browserOf(api, await signIn(api, 'ada'))('GET', '/vcenters')).body);

  it('says precisely what is wrong with files that are no whole export, and puts nothing in force', async () => {
    const { page, close } = await sit(browser, api, 'ada');
    await openForm(page);
    await bring(page, { name: 'notes.pdf', mimeType: 'application/pdf', buffer: Buffer.from('x') });
    await page.getByRole('alert').getByText('notes.pdf is no .xlsx').waitFor();
    await bring(page, { name: 'broken.xlsx', mimeType: 'application/zip', buffer: Buffer.from('not a zip') });
    await until('the server says why', async () => {
      const said = await page.getByRole('alert').innerText();
      return !said.includes('notes.pdf') && said.length > 20;
    });
    const { vMultiPath: _gone, ...rest } = exportOf(truth, 48);
    await bring(page, csv(rest));
    const receipt = page.getByTestId('import-receipt');
    await receipt.getByText('has gaps', { exact: false }).waitFor();
    await receipt.getByRole('cell', { name: 'vMultiPath' }).first().waitFor();
    expect(await statuses()).toEqual([]);
    await close();
  });

  it.each(views)('brings a workbook in force with its own age, marked as imported: $theme, $width px', async (view) => {
    const seat = await sit(browser, api, 'ada', view);
    const { page } = seat;
    await openForm(page);
    const buffer = await packedWorkbook(exportOf(truth, 40 - views.indexOf(view)));
    await bring(page, { name: 'export.xlsx', mimeType: 'application/octet-stream', buffer });
    await page.getByTestId('import-receipt').getByText('The map is in force', { exact: false }).waitFor();
    const mark = page.getByTestId('imported');
    await mark.getByText(/brought by ada on .* as export\.xlsx/).waitFor();
    // Some two days by its own clock, whoever brings it when.
    expect(await mark.innerText()).toMatch(/exported (1|2) days? ago/);
    await expectSound(seat, 'import', view);
    await seat.close();
  });

  it('holds an export back that lost many hosts, until a person says how few are right', async () => {
    const { page, complaints, close } = await sit(browser, api, 'ada');
    const left = Math.floor(truth.hosts.length / 2);
    const fewer = { ...truth, hosts: truth.hosts.slice(0, left) };
    await openForm(page);
    await bring(page, csv(exportOf(fewer, 20)));
    const receipt = page.getByTestId('import-receipt');
    await receipt.getByText('The map is held back', { exact: false }).waitFor();
    expect((await statuses())[0]).toMatchObject({ hosts: truth.hosts.length });
    await receipt.getByRole('button', { name: `Confirm ${left} ESXi hosts` }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: `Confirm ${left} ESXi hosts` })
      .click();
    await receipt.getByText('The map is in force', { exact: false }).waitFor();
    expect((await statuses())[0]).toMatchObject({ hosts: left, imported: { by: 'ada' } });
    expect(complaints).toEqual([]);
    await close();
  });
});
