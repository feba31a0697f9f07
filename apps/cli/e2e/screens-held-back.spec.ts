import { VcenterStatus } from '@lunwarden/contract';
import { clustersOf, lunMapOf, type SampleVcenter, sampleFleet } from '@lunwarden/sample-fleet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserOf } from '../../api/e2e/reporting-host.js';
import { signIn, type TestApi } from '../../api/e2e/test-api.js';
import { launchBrowser } from '../../dashboard/e2e/browser.js';
import { type RunningVcenter, startSampleVcenter } from '../src/demo/sample-vcenter/start-sample-vcenter.js';
import { until } from './house.js';
import { expectSound, openSeats, sit, views } from './seats.js';

const browser = await launchBrowser();
const account = { username: 'lunwarden@vsphere.local', password: 'a sample password' };
const [estate] = sampleFleet({ seed: 7, asOf: new Date().toISOString() }).vcenters;
if (estate === undefined) throw new Error('the sample has no vCenter');
/** What an account sees that has lost all clusters but so many: hosts, datastores and VMs are missing. */
const withClusters = (count: number): SampleVcenter => {
  const kept = clustersOf(estate).slice(0, count);
  const datacenters = estate.datacenters.map((one) => ({
    ...one,
    clusters: one.clusters.filter((cluster) => kept.includes(cluster)),
  }));
  return { ...estate, datacenters };
};
const sizeOf = (vcenter: SampleVcenter) => {
  const { hosts, datastores, vms } = lunMapOf(vcenter, new Date().toISOString());
  return { hosts: hosts.length, datastores: datastores.length, vms: vms.length };
};
const whole = sizeOf(estate);
const left = sizeOf(withClusters(1));

let api: TestApi;
let vcenter: RunningVcenter;

const call = async (...asked: Parameters<ReturnType<typeof browserOf>>) =>
  browserOf(api, await signIn(api, 'ada'))(...asked);
const status = async (): Promise<VcenterStatus> => {
  const [only] = VcenterStatus.array().parse((await call('GET', '/vcenters')).body);
  if (only === undefined) throw new Error('there is no vCenter');
  return only;
};

beforeAll(async () => {
  if (browser === null) return;
  api = await openSeats();
  vcenter = await startSampleVcenter(estate, account);
  await call('POST', '/vcenters', { name: estate.name, url: vcenter.url, ...account, trust: { kind: 'loopback' } });
  await until('its first map is in force', async () => (await status()).state === 'ok');
  await vcenter.close();
  vcenter = await startSampleVcenter(withClusters(1), account, vcenter.port);
});
afterAll(async () => {
  await vcenter?.close();
  await api?.close();
  await browser?.close();
});

describe.skipIf(browser === null)('a map that lost most of what there was, in a real browser', () => {
  it('is held back after "Collect now", and says of what there is how much less', async () => {
    const { page, complaints, close } = await sit(browser, api, 'ada');
    const before = await status();
    await page.goto(`${api.url}/setup/vcenters`);
    await page.getByRole('button', { name: 'Collect now' }).click();
    const held = page.getByTestId('held-back');
    await held.waitFor();
    const told = await held.getByRole('listitem').allInnerTexts();
    expect(told).toEqual([
      `${left.hosts} ESXi hosts instead of ${whole.hosts}`,
      `${left.datastores} datastores instead of ${whole.datastores}`,
      `${left.vms} VMs instead of ${whole.vms}`,
    ]);
    expect(await status()).toMatchObject({ ...whole, mapCollectedAt: before.mapCollectedAt, heldBack: left });
    expect(complaints).toEqual([]);
    await close();
  });

  it.each(views)(
    'shows what is held back, and what would be confirmed, to everyone: $theme, $width px',
    async (view) => {
      const seat = await sit(browser, api, 'bob', view);
      const { page } = seat;
      await page.goto(`${api.url}/setup/vcenters`);
      await page.getByTestId('held-back').waitFor();
      await expectSound(seat, 'held-back', view);
      await page.getByRole('button', { name: 'Confirm the loss' }).click();
      const { hosts, datastores, vms } = left;
      const question = page.getByRole('dialog');
      await question.getByText(`${hosts} ESXi hosts and ${datastores} datastores and ${vms} VMs are right`).waitFor();
      await expectSound(seat, 'held-back-question', view);
      await question.getByRole('button', { name: 'Cancel' }).click();
      expect(await status()).toMatchObject({ heldBack: left, confirmed: null });
      await seat.close();
    },
  );

  it('comes in force once a person confirms exactly that', async () => {
    const { page, complaints, close } = await sit(browser, api, 'ada');
    await page.goto(`${api.url}/setup/vcenters`);
    await page.getByRole('button', { name: 'Confirm the loss' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Confirm the loss' }).click();
    await page.getByTestId('held-back').waitFor({ state: 'detached' });
    await page.getByText(`${left.datastores} datastores, ${left.hosts} hosts, ${left.vms} VMs`).waitFor();
    expect(await status()).toMatchObject({ ...left, state: 'ok', heldBack: null, confirmed: null });
    expect(complaints).toEqual([]);
    await close();
  });
});
