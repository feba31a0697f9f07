import { HostDetail, SitePolicy, WhatIfAnswer } from '@lunwarden/contract';
import { storyFacts } from '@lunwarden/sample-fleet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserOf, type ReportingHost, reportingHost } from '../../e2e/reporting-host.js';
import { password, signIn, startTestApi, type TestApi } from '../../e2e/test-api.js';

const path = 'weights.trigger.failedUpdate';
const reason = 'our vendor asked for it';
let api: TestApi;
let host: ReportingHost;
let ask: ReturnType<typeof browserOf>;

beforeAll(async () => {
  api = await startTestApi({ role: 'all' });
  await api.admin.createAdmin('ada', password);
  ask = browserOf(api, await signIn(api, 'ada'));
  host = await reportingHost(api, 'vbr-proxy');
  await host.report(storyFacts('service-pack-failed'));
});
afterAll(() => api.close());

const set = (value: number | null, more: object = {}) => ask('POST', '/policy', { path, value, reason, ...more });
const read = async () => SitePolicy.parse((await ask('GET', '/policy')).body);
const constantOf = async () => (await read()).constants.find((one) => one.path === path)!;
const judged = async () => HostDetail.parse((await ask('GET', `/hosts/${host.hostId}`)).body).assessment;
async function until(what: string, look: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await look())) {
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe('a constant of the site', () => {
  it('is ours until somebody sets it, with bounds that it names', async () => {
    expect(await constantOf()).toEqual({
      path,
      standard: 0.7,
      min: 0,
      max: 1,
      current: 0.7,
      changedBy: null,
      changedAt: null,
    });
  });

  it('judges every host again, under a version of its own, on every surface', async () => {
    const before = await judged();
    const { status, body } = await set(0.95);
    expect(status, JSON.stringify(body)).toBe(200);
    const { version, standardVersion } = await read();
    expect(version).toMatch(/\+[0-9a-f]{8}$/);
    expect(standardVersion).toBe(before.policyVersion);
    await until('the host is judged by it', async () => (await judged()).policyVersion === version);
    expect((await judged()).score).toBeGreaterThan(before.score);
    const whatIf = WhatIfAnswer.parse((await ask('GET', `/hosts/${host.hostId}/what-if?unmask=1`)).body);
    expect({ version: whatIf.policyVersion, score: whatIf.now.score }).toEqual({
      version,
      score: (await judged()).score,
    });
  });

  it('says who set it and why, and keeps that when it is put back', async () => {
    expect(await constantOf()).toMatchObject({ current: 0.95, changedBy: 'ada' });
    expect((await set(null)).status).toBe(200);
    const { version, standardVersion, changes } = await read();
    expect(version).toBe(standardVersion);
    expect(changes).toMatchObject([
      { path, before: 0.95, after: null, by: 'ada', reason },
      { path, before: 0.7, after: 0.95, by: 'ada', reason },
    ]);
    await until('the host is judged as before', async () => (await judged()).policyVersion === standardVersion);
  });

  it.each([
    ['out of its bounds', { value: 1.5 }, 422],
    ['that there is not', { path: 'weights.nothing', value: 0.5 }, 422],
    ['by which a worse state weighs less', { path: 'weights.lun.online-writable', value: 0.1 }, 422],
    ['by which old facts look new', { path: 'freshness.hostStateMs', value: 86_400_000 }, 422],
    ['that pages and sweeps could not follow', { path: 'freshness.aliveMs', value: 60_000 }, 422],
    ['without a reason', { value: 0.5, reason: 'because' }, 422],
    ['to what it is', { value: null }, 409],
  ])('is not set %s', async (_name, wrong, status) => {
    expect((await ask('POST', '/policy', Object.assign({ path, value: 0.5, reason }, wrong))).status).toBe(status);
    expect((await constantOf()).current).toBe(0.7);
  });

  it('is ours again where what was set is none of this version', async () => {
    await api.sql(
      `INSERT INTO policy_change (path, before, after, reason, changed_by_id, changed_by, changed_at)
       VALUES ('weights.gone', 0.1, 0.2, 'of a version before', gen_random_uuid(), 'eve', now()), ($1, 0.7, 0.9, $2, gen_random_uuid(), 'eve', now())`,
      [path, reason],
    );
    const { version, standardVersion } = await read();
    expect(version).not.toBe(standardVersion);
    expect((await constantOf()).current).toBe(0.9);
    expect((await set(0.8)).status).toBe(200);
  });
});
