import { ChangeWindow, GateOverride, HostGate, OverrideList } from '@lunwarden/contract';
import { windowsFacts } from '@lunwarden/sample-fleet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserOf, type ReportingHost, reportingHost } from '../../e2e/reporting-host.js';
import { password, signIn, startTestApi, type TestApi } from '../../e2e/test-api.js';

const hour = 3_600_000;
let api: TestApi;
let ahead = 0;
let host: ReportingHost;
let window: ChangeWindow;
const now = () => new Date(Date.now() + ahead);
const at = (ms: number) => new Date(now().getTime() + ms).toISOString();
const as = async (name: string) => browserOf(api, await signIn(api, name));

beforeAll(async () => {
  api = await startTestApi({ now });
  await api.admin.createAdmin('ada', password);
  await api.admin.createAdmin('bob', password);
  host = await reportingHost(api, 'overridden');
  await host.report(windowsFacts());
  const request = { name: 'patch night', startsAt: at(0), endsAt: at(9 * hour), timeZone: 'UTC', hostIds: null };
  window = ChangeWindow.parse((await (await as('ada'))('POST', '/windows', request)).body);
});
afterAll(() => api.close());

async function request(name = 'ada'): Promise<GateOverride> {
  const reason = 'the array is being replaced tonight';
  const asked = { hostId: host.hostId, windowId: window.id, reason, expiresAt: at(hour) };
  return GateOverride.parse((await (await as(name))('POST', '/overrides', asked)).body);
}
const list = async () => OverrideList.parse((await (await as('bob'))('GET', '/overrides')).body);

describe('overrides of the fleet', () => {
  it('are listed with the names of host and window, the newest first, also when the window is removed', async () => {
    const first = await request();
    const second = await request('bob');
    const { overrides, total } = await list();
    expect(overrides.map(({ id }) => id)).toEqual([second.id, first.id]);
    expect(overrides[0]).toEqual({ ...second, hostname: 'overridden', windowName: 'patch night' });
    expect(total).toBe(2);
    await api.sql('UPDATE change_window SET removed_at = now()');
    expect((await list()).total).toBe(2);
    await api.sql('UPDATE change_window SET removed_at = NULL');
  });

  it('are taken back by one person, who stays on record, and stand no longer', async () => {
    const { id } = await request();
    const bob = await as('bob');
    expect((await bob('POST', `/overrides/${id}/approve`)).status).toBe(200);
    const answers = await Promise.all([1, 2, 3].map(() => bob('POST', `/overrides/${id}/revoke`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const listed = (await list()).overrides.find((one) => one.id === id);
    expect(listed).toMatchObject({ state: 'revoked', approvedBy: 'bob', revokedBy: 'bob' });
    const gate = HostGate.parse((await bob('GET', `/hosts/${host.hostId}/gate?window=${window.id}`)).body);
    expect(gate.overrides.find((one) => one.id === id)?.state).toBe('revoked');
  });

  it('that are taken back find no second person any more, and stay revoked after their end', async () => {
    const { id } = await request();
    expect((await (await as('ada'))('POST', `/overrides/${id}/revoke`)).status).toBe(200);
    expect((await (await as('bob'))('POST', `/overrides/${id}/approve`)).status).toBe(409);
    ahead += 2 * hour;
    expect((await list()).overrides.find((one) => one.id === id)?.state).toBe('revoked');
  });

  it('that have run out, or that there are not, cannot be taken back', async () => {
    const { id } = await request();
    ahead += 2 * hour;
    const ada = await as('ada');
    expect((await ada('POST', `/overrides/${id}/revoke`)).status).toBe(409);
    expect((await ada('POST', `/overrides/01890a5d-ac96-474b-8cce-b302099a8057/revoke`)).status).toBe(404);
  });

  it('are never taken back by nobody, even past the API', async () => {
    await expect(api.sql('UPDATE gate_override SET revoked_at = now() WHERE revoked_at IS NULL')).rejects.toThrow(
      'gate_override_revoked_check',
    );
  });
});
