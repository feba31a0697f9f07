import { ChangeWindow, GateOverride, HostGate, WindowGates } from '@lunwarden/contract';
import { vmfsDisk, windowsBootDisk, windowsFacts } from '@lunwarden/sample-fleet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserOf, type ReportingHost, reportingHost } from '../../e2e/reporting-host.js';
import { password, signIn, startTestApi, type TestApi } from '../../e2e/test-api.js';

const minute = 60_000;
const hour = 60 * minute;
const good = windowsFacts();
const bad = windowsFacts({
  sanPolicy: { value: 'OnlineAll' },
  automount: { value: 'enabled' },
  disks: {
    value: [windowsBootDisk(), vmfsDisk(1, undefined, { isOffline: { value: false }, isReadOnly: { value: false } })],
  },
});

let api: TestApi;
let ahead = 0;
let ask: ReturnType<typeof browserOf>;
let askAsBob: ReturnType<typeof browserOf>;
const now = () => new Date(Date.now() + ahead);
const at = (ms: number) => new Date(now().getTime() + ms).toISOString();
const later = (ms: number) => {
  ahead += ms;
};

/** Hours pass in here, and sessions with them. */
async function signInAgain(): Promise<void> {
  ask = browserOf(api, await signIn(api, 'ada'));
  askAsBob = browserOf(api, await signIn(api, 'bob'));
}

beforeAll(async () => {
  api = await startTestApi({ now });
  await api.admin.createAdmin('ada', password);
  await api.admin.createAdmin('bob', password);
  await signInAgain();
});
afterAll(() => api.close());

async function openWindow(changes: object = {}): Promise<ChangeWindow> {
  const request = {
    name: 'patch night',
    startsAt: at(-minute),
    endsAt: at(3 * hour),
    timeZone: 'Europe/Berlin',
    hostIds: null,
  };
  const { status, body } = await ask('POST', '/windows', { ...request, ...changes });
  expect(status, JSON.stringify(body)).toBe(201);
  return ChangeWindow.parse(body);
}
async function gateOf(host: ReportingHost, window: ChangeWindow, asks = 'now'): Promise<HostGate> {
  const { status, body } = await ask('GET', `/hosts/${host.hostId}/gate?window=${window.id}&asks=${asks}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return HostGate.parse(body);
}
/** Asks for a pre-flight, fetches the nonce with one report and sends it back with the next. */
async function preflight(host: ReportingHost, facts = good): Promise<void> {
  expect((await ask('POST', `/hosts/${host.hostId}/preflight`)).status).toBe(201);
  later(5_000);
  const { nonce } = await host.report(facts);
  expect(nonce).toMatch(/^[\w-]{32}$/);
  expect((await host.report(facts, { nonce })).nonce).toBeUndefined();
}

describe('the gate of a host', () => {
  it('says go only after a pre-flight, and forgets it after an hour', async () => {
    const host = await reportingHost(api, 'go');
    await host.report(good);
    const window = await openWindow();
    expect(await gateOf(host, window)).toMatchObject({ verdict: 'unknown', missing: ['pre flight'], preflight: null });
    await preflight(host);
    expect(await gateOf(host, window)).toMatchObject({
      verdict: 'go',
      preflight: { state: 'answered', requestedBy: 'ada' },
    });
    later(hour + minute);
    await signInAgain();
    await host.report(good);
    expect((await gateOf(host, window)).verdict).toBe('unknown');
  });

  it('takes no facts from before the request, nor of an age that is not proven', async () => {
    const host = await reportingHost(api, 'old-facts');
    await host.report(good);
    const window = await openWindow();
    await ask('POST', `/hosts/${host.hostId}/preflight`);
    later(5_000);
    const { nonce } = await host.report(good);
    await host.report(good, { nonce, ageMs: 60_000 });
    expect(await gateOf(host, window)).toMatchObject({ verdict: 'unknown', preflight: { state: 'requested' } });
    expect((await host.report(good, { nonce, ageMs: null })).nonce).toBe(nonce);
    expect((await gateOf(host, window)).verdict).toBe('unknown');
    await host.report(good, { nonce: 'a'.repeat(32) });
    expect((await gateOf(host, window)).preflight?.state).toBe('requested');
  });

  it('takes the nonce of no other host', async () => {
    const [one, other] = [await reportingHost(api, 'own-nonce'), await reportingHost(api, 'other-nonce')];
    await ask('POST', `/hosts/${one.hostId}/preflight`);
    later(5_000);
    const { nonce } = await one.report(good);
    expect((await other.report(good, { nonce })).nonce).toBeUndefined();
    expect((await gateOf(one, await openWindow())).preflight?.state).toBe('requested');
  });

  it('says no to a host whose guards are down beside LUNs, with the runbook', async () => {
    const host = await reportingHost(api, 'no-go');
    await host.report(bad);
    const window = await openWindow();
    await preflight(host, bad);
    const answer = await gateOf(host, window);
    expect(answer.verdict).toBe('no-go');
    expect(answer.steps.map(({ id }) => id).slice(0, 2)).toEqual(['stop-jobs', 'unzone']);
  });

  it('keeps no go: it ends with the facts, though nobody reports anything', async () => {
    const host = await reportingHost(api, 'no-cache');
    await host.report(good);
    const window = await openWindow({ startsAt: at(10 * hour), endsAt: at(12 * hour) });
    expect((await gateOf(host, window, 'plan')).verdict).toBe('go');
    later(3 * hour + minute);
    await signInAgain();
    expect((await gateOf(host, window, 'plan')).verdict).toBe('unknown');
  });

  it('lets nobody through before the window, after it, or past its list of hosts', async () => {
    const [host, other] = [await reportingHost(api, 'inside'), await reportingHost(api, 'outside')];
    await preflight(host);
    await preflight(other);
    const codes = async (one: ReportingHost, window: ChangeWindow) =>
      (await gateOf(one, window)).reasons.map(({ code }) => code);
    expect(await codes(host, await openWindow({ startsAt: at(hour) }))).toEqual(['window-not-open']);
    const listed = await openWindow({ hostIds: [host.hostId], endsAt: at(10 * minute) });
    expect(await codes(host, listed)).toEqual([]);
    expect(await codes(other, listed)).toEqual(['host-not-in-window']);
    later(11 * minute);
    expect(await codes(host, listed)).toContain('window-over');
  });

  it('wants the guards proven again by a report after the window', async () => {
    const host = await reportingHost(api, 'after');
    await host.report(good);
    const window = await openWindow({ endsAt: at(10 * minute) });
    expect((await gateOf(host, window)).postflight).toBeNull();
    later(11 * minute);
    expect((await gateOf(host, window)).postflight).toMatchObject({ state: 'pending' });
    await host.report(bad);
    const failed = (await gateOf(host, window)).postflight;
    expect(failed?.state).toBe('failed');
    expect(failed?.reasons.join()).toContain('CHG-004');
    later(minute);
    await host.report(good);
    expect((await gateOf(host, window)).postflight).toMatchObject({ state: 'verified', reasons: [] });
  });
});

describe('an override', () => {
  it('takes a reason and a second person, is shown, and turns no verdict', async () => {
    const host = await reportingHost(api, 'override');
    await host.report(bad);
    const window = await openWindow();
    const before = await gateOf(host, window);
    const request = {
      hostId: host.hostId,
      windowId: window.id,
      reason: 'the array is being replaced tonight',
      expiresAt: at(hour),
    };
    expect((await ask('POST', '/overrides', { ...request, reason: 'too short            ' })).status).toBe(422);
    expect((await ask('POST', '/overrides', { ...request, expiresAt: at(8 * 24 * hour) })).status).toBe(422);
    const { status, body } = await ask('POST', '/overrides', request);
    const { id, state } = GateOverride.parse(body);
    expect({ status, state }).toEqual({ status: 201, state: 'awaiting-second-person' });
    expect((await ask('POST', `/overrides/${id}/approve`)).status).toBe(403);
    const answers = await Promise.all([1, 2, 3].map(() => askAsBob('POST', `/overrides/${id}/approve`)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409]);
    const after = await gateOf(host, window);
    expect(after.overrides).toMatchObject([{ state: 'approved', requestedBy: 'ada', approvedBy: 'bob' }]);
    const timeless = { evaluatedAt: null, validUntil: null, overrides: null };
    expect({ ...after, ...timeless }).toEqual({ ...before, ...timeless });
    later(hour + minute);
    await signInAgain();
    expect((await gateOf(host, window)).overrides[0]?.state).toBe('expired');
  });

  it('cannot be approved by its author even past the API', async () => {
    await expect(
      api.sql(
        'UPDATE gate_override SET approved_by_id = requested_by_id, approved_by = requested_by, approved_at = now()',
      ),
    ).rejects.toThrow('second_person');
  });
});

describe('change windows', () => {
  it('are listed, and gone when removed, with every gate in them', async () => {
    const host = await reportingHost(api, 'removed');
    const window = await openWindow({ name: 'to be removed' });
    expect((await ask('GET', '/windows')).body).toContainEqual(window);
    expect((await ask('DELETE', `/windows/${window.id}`)).status).toBe(204);
    expect((await ask('DELETE', `/windows/${window.id}`)).status).toBe(404);
    expect((await ask('GET', `/hosts/${host.hostId}/gate?window=${window.id}`)).status).toBe(404);
    expect((await ask('GET', '/windows')).body).not.toContainEqual(window);
  });

  it.each([
    ['that end before they start', () => ({ endsAt: at(-hour) })],
    ['that are over', () => ({ startsAt: at(-2 * hour), endsAt: at(-hour) })],
    ['of a month', () => ({ endsAt: at(30 * 24 * hour) })],
    ['in no time zone', () => ({ timeZone: 'Mars/Olympus' })],
    ['for nobody', () => ({ hostIds: [] })],
    ['for a host that there is not', () => ({ hostIds: ['01890a5d-ac96-474b-8cce-b302099a8057'] })],
  ])('%s are refused', async (_name, changes) => {
    const request = { name: 'x', startsAt: at(0), endsAt: at(hour), timeZone: 'UTC', hostIds: null, ...changes() };
    expect((await ask('POST', '/windows', request)).status).toBe(422);
  });

  it('show every host of the fleet once, page by page, as each host shows itself', async () => {
    const window = await openWindow({ startsAt: at(hour) });
    const page = WindowGates.parse((await ask('GET', `/windows/${window.id}/gate`)).body);
    const [count] = await api.sql('SELECT count(*)::int AS hosts FROM host');
    expect(page).toMatchObject({ asks: 'plan', next: null });
    expect(page.hosts).toHaveLength(Number(count?.hosts));
    const second = page.hosts[1]!;
    const rest = WindowGates.parse(
      (await ask('GET', `/windows/${window.id}/gate?after=${page.hosts[0]!.hostId}`)).body,
    );
    expect(rest.hosts.map(({ hostId }) => hostId)).toEqual(page.hosts.slice(1).map(({ hostId }) => hostId));
    const own = HostGate.parse((await ask('GET', `/hosts/${second.hostId}/gate?window=${window.id}&asks=plan`)).body);
    expect({ ...own, evaluatedAt: null, validUntil: null }).toEqual({ ...second, evaluatedAt: null, validUntil: null });
  });
});
