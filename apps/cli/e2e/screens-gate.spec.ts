import { ChangeWindow, HostGate, OverrideList } from '@lunwarden/contract';
import { storyFacts } from '@lunwarden/sample-fleet';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserOf, type ReportingHost, reportingHost } from '../../api/e2e/reporting-host.js';
import { signIn, type TestApi } from '../../api/e2e/test-api.js';
import { launchBrowser } from '../../dashboard/e2e/browser.js';
import { until } from './house.js';
import { expectSound, openSeats, sit, views } from './seats.js';

const minute = 60_000;
const browser = await launchBrowser();

describe.skipIf(browser === null)('the gate of a host, in a real browser', () => {
  let api: TestApi;
  let host: ReportingHost;
  let window: ChangeWindow;
  let ask: ReturnType<typeof browserOf>;

  beforeAll(async () => {
    api = await openSeats();
    ask = browserOf(api, await signIn(api, 'ada'));
    host = await reportingHost(api, 'vbr-proxy-2008');
    await host.report(storyFacts('popular-fix'));
    const at = (ms: number) => new Date(Date.now() + ms).toISOString();
    const request = { name: 'Tonight', startsAt: at(-minute), endsAt: at(40 * minute), timeZone: 'UTC', hostIds: null };
    window = ChangeWindow.parse((await ask('POST', '/windows', request)).body);
  });
  afterAll(async () => {
    await api?.close();
    await browser?.close();
  });

  const path = () => `${api.url}/hosts/${host.hostId}?tab=runbook`;
  const gateOf = async () =>
    HostGate.parse((await ask('GET', `/hosts/${host.hostId}/gate?window=${window.id}&asks=plan`)).body);
  const cardOf = (page: Page) => page.getByTestId('gate-card');

  it.each(views)('is accessible, quiet and inside the window: $theme, $width px', async (view) => {
    const seat = await sit(browser, api, 'ada', view);
    await seat.page.goto(path());
    await cardOf(seat.page).waitFor();
    await seat.page.getByTestId('runbook').waitFor();
    await expectSound(seat, 'host-gate', view);
    await seat.close();
  });

  it('says what the API says, and counts down to when that ends', async () => {
    const { page, close } = await sit(browser, api, 'ada');
    await page.goto(path());
    const gate = await gateOf();
    expect(gate.verdict).toBe('no-go');
    await cardOf(page).getByText('NO-GO').waitFor();
    for (const { text } of gate.reasons) await cardOf(page).getByText(text, { exact: false }).first().waitFor();
    const left = cardOf(page).getByRole('time').first();
    const first = await left.innerText();
    expect(first).toMatch(/^\d+ min \d\d s$/);
    await until('a second has passed', async () => (await left.innerText()) !== first);
    await page.getByTestId('gate-line').getByText('NO-GO').waitFor();
    await close();
  });

  it('shows the trap with the fix that is not to be used, and gives no button to copy that', async () => {
    const { page, close } = await sit(browser, api, 'ada');
    await page.goto(path());
    const trap = page.getByTestId('trap').first();
    await trap.getByText('The tempting fix, not to be used').waitFor();
    const dangerous = trap.locator('dd').first();
    expect((await dangerous.innerText()).length).toBeGreaterThan(10);
    expect(await dangerous.getByRole('button').count()).toBe(0);
    await close();
  });

  it('keeps ticks in this tab for this window, and nowhere else', async () => {
    const { page, close } = await sit(browser, api, 'ada');
    await page.goto(path());
    await page.getByRole('checkbox', { name: 'Step 1 is done' }).check();
    await page.reload();
    await page.getByTestId('ticked').getByText(/^1 of/).waitFor();
    expect(await page.getByRole('checkbox', { name: 'Step 1 is done' }).isChecked()).toBe(true);
    const other = await page.context().newPage();
    await other.goto(path());
    await other.getByTestId('ticked').getByText(/^0 of/).waitFor();
    await close();
  });

  it('takes an override from one person, the agreement from another, and lets one take it back', async () => {
    const [ada, bob] = [await sit(browser, api, 'ada'), await sit(browser, api, 'bob')];
    await ada.page.goto(path());
    const reason = ada.page.getByLabel(/Why vbr-proxy-2008/);
    await reason.fill('too short');
    await ada.page.getByRole('button', { name: 'Ask for an override' }).click();
    await cardOf(ada.page).getByText('at least 20 characters', { exact: false }).last().waitFor();
    await reason.fill('The array is being replaced tonight.');
    await ada.page.getByRole('button', { name: 'Ask for an override' }).click();
    const own = ada.page.getByTestId('override');
    await own.getByText('another administrator must agree', { exact: false }).waitFor();
    expect(await own.getByRole('button', { name: /agree/ }).count()).toBe(0);

    await bob.page.goto(`${api.url}/overrides`);
    const row = bob.page.getByTestId('override-row');
    await row.getByRole('button', { name: 'I agree to take this risk' }).click();
    await row.getByText('In force: two people agreed').waitFor();
    expect((await gateOf()).verdict).toBe('no-go');

    await ada.page.goto(`${api.url}/overrides`);
    await ada.page.getByRole('button', { name: 'Take back' }).first().click();
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Take back' }).click();
    await ada.page.getByText('No override is open').waitFor();
    await ada.page.getByText('All 1').click();
    await ada.page.getByTestId('override-row').getByText('Taken back').waitFor();
    const { overrides } = OverrideList.parse((await ask('GET', '/overrides')).body);
    expect(overrides).toMatchObject([{ state: 'revoked', requestedBy: 'ada', approvedBy: 'bob', revokedBy: 'ada' }]);
    expect([...ada.complaints, ...bob.complaints]).toEqual([]);
    await ada.close();
    await bob.close();
  });

  it.each(views)('stands in an accessible list of overrides: $theme, $width px', async (view) => {
    const seat = await sit(browser, api, 'bob', view);
    await seat.page.goto(`${api.url}/overrides?show=all`);
    await seat.page.getByTestId('override-row').first().waitFor();
    await expectSound(seat, 'overrides', view);
    await seat.close();
  });
});
