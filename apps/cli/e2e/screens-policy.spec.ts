import { SitePolicy } from '@lunwarden/contract';
import { storyFacts } from '@lunwarden/sample-fleet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserOf, reportingHost } from '../../api/e2e/reporting-host.js';
import { signIn, type TestApi } from '../../api/e2e/test-api.js';
import { launchBrowser } from '../../dashboard/e2e/browser.js';
import { until } from './house.js';
import { expectSound, openSeats, sit, views } from './seats.js';

const browser = await launchBrowser();
const path = 'weights.trigger.failedUpdate';

describe.skipIf(browser === null)('the policy of a site, in a real browser', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await openSeats();
    const host = await reportingHost(api, 'vbr-proxy');
    await host.report(storyFacts('service-pack-failed'));
  });
  afterAll(async () => {
    await api?.close();
    await browser?.close();
  });

  const read = async () => SitePolicy.parse((await browserOf(api, await signIn(api, 'ada'))('GET', '/policy')).body);

  it('is set within bounds with a reason, is on record, and is put back', async () => {
    const { page, complaints, close } = await sit(browser, api, 'ada');
    await page.goto(`${api.url}/setup/policy`);
    const before = await read();
    await page.getByTestId('policy-version').getByText('which is ours').waitFor();
    await page.getByTestId('constants').first().locator('summary').click();
    await page.getByRole('button', { name: `Set ${path}` }).click();
    const form = page.getByRole('form', { name: `Set ${path}` });
    const send = form.getByRole('button', { name: 'Set, and judge every host again' });
    await form.getByLabel('Value').fill('1.5');
    await form.getByLabel('Why').fill('our vendor asked for it');
    await send.click();
    await form.getByText('A number from 0 to 1').waitFor();
    await form.getByLabel('Value').fill('0.9');
    await form.getByLabel('Why').fill('because');
    await send.click();
    await form.getByText('at least 10 characters', { exact: true }).waitFor();
    expect((await read()).changes).toEqual([]);
    await form.getByLabel('Why').fill('our vendor asked for it');
    await send.click();
    const { version } = await until('it is set', async () => {
      const now = await read();
      return now.changes.length === 1 && now;
    });
    expect(version).not.toBe(before.version);
    await page.getByTestId('policy-version').getByText(version).waitFor();
    await page.getByTestId('policy-change').getByText('our vendor asked for it').waitFor();
    await page.getByTestId('constant-row').filter({ hasText: path }).getByText('ada', { exact: false }).waitFor();

    await page.getByRole('button', { name: `Set ${path}` }).click();
    await form.getByLabel('Why').fill('and took it back again');
    await form.getByRole('button', { name: 'Put back to 0.7' }).click();
    await page.getByTestId('policy-version').getByText('which is ours').waitFor();
    expect((await read()).version).toBe(before.version);
    expect(complaints).toEqual([]);
    await close();
  });

  it.each(views)('is accessible, quiet and inside the window: $theme, $width px', async (view) => {
    const seat = await sit(browser, api, 'ada', view);
    await seat.page.goto(`${api.url}/setup/policy`);
    await seat.page.getByTestId('constants').first().locator('summary').click();
    await seat.page.getByRole('button', { name: `Set ${path}` }).click();
    await expectSound(seat, 'policy', view);
    await seat.close();
  });

  it('offers nothing to change to somebody who may only look', async () => {
    await api.sql(`UPDATE user_account SET role = 'viewer' WHERE username = 'bob'`);
    const { page, close } = await sit(browser, api, 'bob');
    await page.goto(`${api.url}/setup/policy`);
    await page.getByTestId('constants').first().locator('summary').click();
    await page.getByTestId('constant-row').first().waitFor();
    expect(await page.getByRole('button', { name: `Set ${path}` }).count()).toBe(0);
    await close();
  });
});
