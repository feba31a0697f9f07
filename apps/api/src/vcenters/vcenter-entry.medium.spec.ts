import type { Store } from '@lunwarden/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reset, status } from '../../../../libs/vsphere/testing/fault-proxy.js';
import { findVcsim } from '../../../../libs/vsphere/testing/vcsim.js';
import { VcenterLab } from '../../e2e/vcenter-lab.js';

const vcsim = await findVcsim();
const canary = 'canary-7f3a-"quoted"-\u00e4';
const away = 'http://127.0.0.1:9';

let lab: VcenterLab;
afterEach(() => lab.close());
const withoutVcenter = async () => {
  lab = await VcenterLab.open(null);
};

/** Every row of every table, as text. */
async function everythingStored(store: Store): Promise<string> {
  const tables: { name: string }[] = await store.dataSource.query(
    `SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public'`,
  );
  const rows = await Promise.all(tables.map(({ name }) => store.dataSource.query(`SELECT t::text FROM ${name} t`)));
  return JSON.stringify(rows);
}

describe('a vCenter that cannot be reached', () => {
  beforeEach(withoutVcenter);

  it('fails with a reason, and is tried again later by itself', async () => {
    const { call, collected, store } = await lab.replica();
    const { id } = (await call('POST', '', lab.request(undefined, away))).json();
    const failed = await collected(id);
    expect(failed).toMatchObject({ state: 'failed', mapCollectedAt: null });
    expect(failed.lastError).not.toBe('');
    const [row] = await store.dataSource.query('SELECT due_at > now() AS later, failures FROM vcenter_collection');
    expect(row).toEqual({ later: true, failures: 1 });
  });

  it('is left to the workers by a replica that only serves', async () => {
    const { call, collect, collected } = await lab.replica('api');
    const added = (await call('POST', '', lab.request(undefined, away))).json();
    expect(added.state).toBe('never-collected');
    await collect.settled();
    expect(await collected(added.id)).toMatchObject({ state: 'never-collected' });
    const worker = await lab.replica('worker');
    await worker.collect.beginDue();
    expect(await worker.collected(added.id)).toMatchObject({ state: 'failed' });
  });
});

describe('an address', () => {
  beforeEach(withoutVcenter);

  it.each([
    ['http to another machine', 'http://vcenter.example.com', { kind: 'loopback' }],
    ['http with a verified certificate', 'http://127.0.0.1', { kind: 'system' }],
    ['https as loopback', 'https://127.0.0.1', { kind: 'loopback' }],
    ['an account in it', 'https://user:secret@vcenter.example.com', { kind: 'system' }],
    ['a path in it', 'https://vcenter.example.com/other', { kind: 'system' }],
    ['another protocol', 'file:///etc/passwd', { kind: 'system' }],
  ])('with %s is refused and not stored', async (_, url, trust) => {
    const { call } = await lab.replica('api');
    expect((await call('POST', '', { ...lab.request(undefined, url), trust })).statusCode).toBe(422);
    expect((await call('GET', '')).json()).toEqual([]);
  });

  it('is stored once, however it is written', async () => {
    const { call } = await lab.replica('api');
    const first = { ...lab.request(undefined, 'https://VCENTER.example.com:443/sdk'), trust: { kind: 'system' } };
    expect((await call('POST', '', first)).json().url).toBe('https://vcenter.example.com');
    const second = { ...first, name: 'again', url: 'https://vcenter.example.com/' };
    expect((await call('POST', '', second)).statusCode).toBe(409);
    expect((await call('POST', '', { ...first, url: 'https://other.example.com' })).statusCode).toBe(409);
  });
});

describe('the password of a vCenter', () => {
  it('is in no answer, no log, no error and no row', async () => {
    lab = await VcenterLab.open(vcsim);
    const { call, collected, store, logged } = await lab.replica();
    const answers: string[] = [];
    const say = async (...args: Parameters<typeof call>) => {
      const answered = await call(...args);
      answers.push(answered.body);
      return answered;
    };
    const { id } = (await say('POST', '', lab.request(canary))).json();
    await collected(id);
    lab.hurt({ method: 'Login', act: reset });
    await say('POST', `/${id}/collect`);
    await collected(id);
    lab.hurt({ method: 'Login', act: status(503, `sorry, ${canary}`) });
    await say('POST', `/${id}/collect`);
    await collected(id);
    await say('POST', '', lab.request(canary));
    await say('POST', '', { ...lab.request(canary), trust: { kind: 'none' } });
    await say('POST', '/probe', lab.request(canary, away));
    await store.dataSource.query(`UPDATE vcenter SET secret_sealed = secret_wrapped_key`);
    await say('POST', `/${id}/collect`);
    expect(await collected(id)).toMatchObject({
      state: 'failed',
      lastError: expect.stringContaining('cannot be opened'),
    });
    await say('GET', '');
    await say('GET', `/${id}/gaps`);
    const everything = [...answers, logged(), await everythingStored(store)].join('\n');
    expect(everything).toContain('lab');
    expect(logged()).toContain('collected');
    for (const form of [
      canary,
      JSON.stringify(canary),
      Buffer.from(canary).toString('base64'),
      Buffer.from(canary).toString('hex'),
      'canary-7f3a',
    ])
      expect(everything).not.toContain(form);
  });
});
