import { randomUUID } from 'node:crypto';
import { windowsFacts } from '@lunwarden/sample-fleet';
import { afterEach, describe, expect, it } from 'vitest';
import {
  automatic,
  backupServer,
  beside,
  fleet,
  listed,
  report,
  reported,
  start,
  staysSo,
  unread,
  verdict,
  verdicts,
} from '../../../e2e/around-fleet.js';

afterEach(() => fleet.close());

const productRules = ['LUN-001', 'LUN-003', 'NET-001', 'VBR-004', 'VBR-008', 'COL-004'] as const;
const each = (said: string) => Object.fromEntries(productRules.map((code) => [code, said]));

describe('what the backup product says', () => {
  it('reaches the proxy that it names, is as old as its server, and never looks safe once it is stale', async () => {
    await start();
    const proxy = await reported('proxy01.a.example', automatic);
    expect(await verdicts(proxy, productRules)).toEqual(each('unknown'));
    const good = backupServer({ value: [listed('PROXY01')] });
    const server = await reported('vbr', good);
    await fleet.sweep();
    expect(await verdicts(proxy, productRules)).toEqual(each('safe'));
    expect(await verdicts(server, ['VBR-001', 'VBR-003'])).toMatchObject({ 'VBR-003': 'safe' });
    await staysSo(proxy);
    const bad = listed('PROXY01', {
      isOnline: { value: false },
      isOutOfDate: { value: true },
      encryptsNetwork: { value: false },
      neededDatastores: { value: [] },
    });
    await report(server, 'vbr', backupServer({ value: [bad] }, { isDomainJoined: { value: true } }));
    await fleet.sweep();
    const worse = { ...each('at-risk'), 'COL-004': 'safe', 'LUN-003': 'safe' };
    expect(await verdicts(proxy, productRules)).toEqual(worse);
    expect(await verdict(server, 'VBR-003')).toBe('at-risk');
    await staysSo(proxy);
    await report(server, 'vbr', good);
    await fleet.sweep();
    expect(await verdicts(proxy, productRules)).toEqual(each('safe'));
    // The proxy goes on reporting; its server does not.
    fleet.pass(24 * 60 + 1);
    expect(Date.parse((await fleet.row(proxy)).validUntil)).toBeLessThan(Date.parse(fleet.now()));
    await report(proxy, 'proxy01.a.example', automatic);
    await fleet.sweep();
    expect(await verdicts(proxy, productRules)).toEqual(each('unknown'));
  });

  it('is lost with the rights of its collector: what was good grows old, what was bad stands', async () => {
    await start();
    const proxy = await reported('proxy01', automatic);
    const server = await reported(
      'vbr',
      backupServer({ value: [listed('proxy01', { isOutOfDate: { value: true } })] }),
    );
    await fleet.sweep();
    const blind = windowsFacts({ roles: { value: ['backup-server'] }, backupProduct: unread });
    for (let hours = 0; hours < 26; hours++) {
      fleet.pass(60);
      await report(server, 'vbr', blind);
      await report(proxy, 'proxy01', automatic);
      await fleet.sweep();
    }
    expect(await verdicts(proxy, productRules)).toEqual({ ...each('unknown'), 'VBR-004': 'at-risk' });
  });

  it('is nobody`s where a name may mean two, and never guessed', async () => {
    await start();
    const one = await reported('proxy01.a.example', automatic);
    const other = await reported('proxy01.b.example', automatic);
    const server = await reported('vbr', backupServer({ value: [listed('proxy01')] }));
    await fleet.sweep();
    for (const host of [one, other]) expect(await verdicts(host, productRules)).toEqual(each('unknown'));
    await report(server, 'vbr', backupServer({ value: [listed('proxy01.A.example')] }));
    await fleet.sweep();
    expect(await verdict(one, 'COL-004')).toBe('safe');
    expect(await verdict(other, 'VBR-004')).toBe('not-applicable');
    await report(server, 'vbr', backupServer({ value: [listed('proxy01.A.example'), listed('10.0.0.7')] }));
    await fleet.sweep();
    expect(await verdict(other, 'COL-004')).toBe('unknown');
  });

  it('is nobody`s as soon as another host enrols under the same short name', async () => {
    await start();
    const proxy = await reported('proxy01.a.example', automatic);
    await reported('vbr', backupServer({ value: [listed('proxy01')] }));
    await fleet.sweep();
    expect(await verdicts(proxy, productRules)).toEqual(each('safe'));
    await fleet.enrolled('PROXY01.b.example');
    await fleet.sweep();
    expect(await verdicts(proxy, productRules)).toEqual(each('unknown'));
  });

  it('tells of a proxy that never reported, and of a host that only claims to be one', async () => {
    await start();
    const silent = await fleet.enrolled('silent');
    const claims = await reported('claims', beside({ roles: { value: ['proxy'] } }));
    await reported('vbr', backupServer({ value: [listed('silent')] }));
    await fleet.sweep();
    expect(await verdict(silent, 'COL-004')).toBe('at-risk');
    expect(await verdict(claims, 'COL-004')).toBe('at-risk');
  });

  it('is not asked of a host that says it is no backup server, and unknown of one that does not say', async () => {
    await start();
    const roles = { unknown: 'not_collected' } as const;
    const silent = await reported('silent', beside({ roles }));
    expect(await verdict(silent, 'VBR-003')).toBe('unknown');
    await report(silent, 'silent', beside({ roles, backupProduct: { value: null } }));
    expect(await verdict(silent, 'VBR-003')).toBe('not-applicable');
  });

  it('is gone for everybody with the last backup server', async () => {
    await start();
    const proxy = await reported('proxy01', automatic);
    const server = await reported('vbr', backupServer({ value: [listed('proxy01')] }));
    await fleet.sweep();
    expect(await verdict(proxy, 'NET-001')).toBe('safe');
    await report(server, 'vbr', beside({ backupProduct: { value: null } }));
    await fleet.sweep();
    expect(await verdict(proxy, 'NET-001')).toBe('unknown');
  });

  it('proves of nobody that no server lists him for longer than the oldest list holds, also that of a new server', async () => {
    await start();
    const claims = beside({ roles: { value: [] } });
    const host = await reported('claims', claims);
    const server = await reported('vbr', backupServer({ value: [listed('one')] }));
    await fleet.sweep();
    expect(await verdict(host, 'COL-004')).toBe('safe');
    const second = await fleet.enrolled('vbr2');
    // What lists say holds for 24 hours, and the first report of this one lay in its spool for 23.
    const facts = { ...backupServer({ value: [listed('two')] }), hostname: 'vbr2' };
    await fleet.send(second, facts, { ageMs: 23 * 3_600_000 });
    for (let minutes = 0; minutes < 64; minutes += 4) {
      await fleet.sweep();
      fleet.pass(3);
      await report(host, 'claims', claims);
      await fleet.send(server, { ...backupServer({ value: [listed('one')] }), hostname: 'vbr' });
    }
    await fleet.sweep();
    expect(await verdict(host, 'COL-004')).toBe('unknown');
    await staysSo(host);
  });

  it('proves nothing once two machines speak with the key of its server', async () => {
    await start();
    const proxy = await reported('proxy01', automatic);
    const good = backupServer({ value: [listed('proxy01')] });
    const server = await reported('vbr', good);
    const twin = { ...server, bootId: randomUUID(), seq: 0 };
    await report(twin, 'vbr', good);
    await fleet.sweep();
    expect(await verdict(proxy, 'NET-001')).toBe('safe');
    expect(await report(server, 'vbr', good)).toBe('late');
    await fleet.sweep();
    expect(await verdict(proxy, 'NET-001')).toBe('unknown');
  });
});
