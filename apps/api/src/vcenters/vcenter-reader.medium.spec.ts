import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSessions } from '../../../../libs/vsphere/testing/sessions.js';
import { findVcsim } from '../../../../libs/vsphere/testing/vcsim.js';
import { VcenterLab, type VcenterReplica } from '../../e2e/vcenter-lab.js';

const vcsim = await findVcsim();
let lab: VcenterLab;
beforeEach(async () => {
  lab = await VcenterLab.open(vcsim);
});
afterEach(() => lab.close());

describe.skipIf(vcsim === null)('a vCenter that is collected again and again', () => {
  const again = async ({ collect, collected, store }: VcenterReplica, id: string) => {
    await store.dataSource.query('UPDATE vcenter_collection SET due_at = now()');
    await collect.beginDue();
    expect(await collected(id)).toMatchObject({ state: 'ok', vms: 120 });
  };
  const logins = (): number => lab.proxy?.seen.get('Login') ?? 0;

  it('is asked for what changed, over one session', async () => {
    const replica = await lab.replica();
    const { id } = (await replica.call('POST', '', lab.request())).json();
    await replica.collected(id);
    expect(logins()).toBe(1);
    await again(replica, id);
    await again(replica, id);
    await again(replica, id);
    expect(logins()).toBe(2);
    expect(await openSessions(lab.url)).toBe(1);
  });

  it('is logged out of when the server stops', async () => {
    const replica = await lab.replica();
    const { id } = (await replica.call('POST', '', lab.request())).json();
    await replica.collected(id);
    expect(await openSessions(lab.url)).toBe(0);
    await again(replica, id);
    expect(await openSessions(lab.url)).toBe(1);
    await replica.app.close();
    expect(await openSessions(lab.url)).toBe(0);
  });

  it('is logged out of when it is removed', async () => {
    const replica = await lab.replica();
    const { id } = (await replica.call('POST', '', lab.request())).json();
    await replica.collected(id);
    await again(replica, id);
    expect((await replica.call('DELETE', `/${id}`)).statusCode).toBe(204);
    expect(await openSessions(lab.url)).toBe(0);
  });
});
