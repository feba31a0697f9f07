import type { ServerResponse } from 'node:http';
import { deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { optionsFor } from '../testing/options.js';
import {
  envelope,
  object,
  refs,
  type Script,
  type ScriptedVcenter,
  startScripted,
  text,
} from '../testing/scripted-vcenter.js';
import { collectLunMap, type VcenterOptions } from './index.js';

let server: ScriptedVcenter | null = null;
afterEach(async () => {
  await server?.stop();
  server = null;
});

async function collect(script: Script, more: Partial<VcenterOptions> = {}) {
  server = await startScripted(script);
  return await collectLunMap(optionsFor(server.url, more)).catch((error: unknown) => error);
}

const raw =
  (body: string | Buffer, status = 200, headers: Record<string, string> = {}) =>
  (response: ServerResponse): void => {
    response.writeHead(status, headers);
    response.end(body);
  };

/** Writes the same piece for ever, as fast as it is read. */
const endless = (start: string, piece: string) => (response: ServerResponse) => {
  response.write(start);
  const more = (): void => {
    while (!response.destroyed && response.write(piece));
    if (!response.destroyed) response.once('drain', more);
  };
  more();
};
const opened = envelope('').split('</soapenv:Body>')[0] ?? '';
const inPage = `${opened}<RetrievePropertiesExResponse><returnval>`;

test('an empty vCenter of few words is read whole', async () => {
  expect(await collect({})).toMatchObject({ complete: true, counts: { vms: { expected: 0, got: 0 } } });
});

describe('tokens', () => {
  const vm = (id: string) => object('VirtualMachine', id, { name: text(id) });
  const view = `<returnval>${object('ContainerView', 'session[1]view', { view: refs('VirtualMachine', 'vm-1', 'vm-2') })}</returnval>`;

  test.each(['0', '1', ' a&amp;b '])('a token "%s" is text and leads to the next page', async (token) => {
    const first = `<returnval><token>${token}</token>${vm('vm-1')}</returnval>`;
    const map = await collect({
      RetrievePropertiesEx: [view, first, ''],
      ContinueRetrievePropertiesEx: `<returnval>${vm('vm-2')}</returnval>`,
    });
    expect(map).toMatchObject({ complete: true, counts: { vms: { expected: 2, got: 2 } } });
    expect(server?.requests.some((body) => body.includes(`<token>${token}</token>`))).toBe(true);
  });

  test('a page that stops short of the view makes the map incomplete', async () => {
    const only = `<returnval>${vm('vm-1')}</returnval>`;
    const map = await collect({ RetrievePropertiesEx: [view, only, view, ''] });
    expect(map).toMatchObject({ complete: false, counts: { vms: { expected: 2, got: 1 } } });
  });

  test('an object that was deleted while reading is not missing', async () => {
    const only = `<returnval>${vm('vm-1')}</returnval>`;
    const map = await collect({ RetrievePropertiesEx: [view, only, ''] });
    expect(map).toMatchObject({ complete: true, counts: { vms: { expected: 1, got: 1 } } });
  });

  test('an object that is deleted in the middle of its own properties is not missing', async () => {
    const gone =
      '<objects><obj type="VirtualMachine">vm-2</obj><missingSet><path>name</path><fault><fault xsi:type="ManagedObjectNotFound"><obj type="VirtualMachine">vm-2</obj></fault></fault></missingSet></objects>';
    const both = `<returnval>${vm('vm-1')}${gone}</returnval>`;
    expect(await collect({ RetrievePropertiesEx: [view, both, ''] })).toMatchObject({
      complete: true,
      counts: { vms: { expected: 1, got: 1 } },
    });
    await server?.stop();
    expect(await collect({ RetrievePropertiesEx: [view, both, view, ''] })).toMatchObject({
      complete: false,
      gaps: [{ object: 'VirtualMachine:vm-2', path: '*', reason: 'not delivered' }],
    });
  });

  test('the session cookie goes back as it came, quotes and all', async () => {
    await collect({});
    expect([...(server?.cookies ?? [])]).toEqual(['vmware_soap_session="quoted-1"']);
  });
});

describe('answers that are not those of a vCenter', () => {
  const html = '<!DOCTYPE html><html><body>Sign in</body></html>';
  test.each<[string, Script, string]>([
    ['a web page', { '/sdk/vimServiceVersions.xml': html }, 'vcenter_protocol'],
    ['a page not found', { '/sdk/vimServiceVersions.xml': raw('no', 404) }, 'vcenter_protocol'],
    [
      'a redirect',
      { '/sdk/vimServiceVersions.xml': raw('', 302, { location: 'http://127.0.0.1:9/' }) },
      'vcenter_protocol',
    ],
    ['not ready', { '/sdk/vimServiceVersions.xml': raw('busy', 503) }, 'vcenter_unavailable'],
    [
      'an old API only',
      {
        '/sdk/vimServiceVersions.xml':
          '<namespaces><namespace><name>urn:vim25</name><version>5.5</version></namespace></namespaces>',
      },
      'vcenter_protocol',
    ],
    ['another method', { Login: raw(envelope('<LogoutResponse/>')) }, 'vcenter_protocol'],
    [
      'an ESXi host',
      { RetrieveServiceContent: '<returnval><about><apiType>HostAgent</apiType></about></returnval>' },
      'vcenter_protocol',
    ],
    ['HTML with status 500', { Login: raw(html, 500) }, 'vcenter_protocol'],
    ['no session cookie', { Login: raw(envelope('<LoginResponse><returnval/></LoginResponse>')) }, 'vcenter_protocol'],
    [
      'an unasked packing',
      { Login: raw(deflateSync('x'), 200, { 'content-encoding': 'deflate' }) },
      'vcenter_protocol',
    ],
    ['damaged gzip', { Login: raw('not gzip', 200, { 'content-encoding': 'gzip' }) }, 'vcenter_protocol'],
  ])('%s', async (_name, script, code) => {
    expect(await collect(script)).toMatchObject({ name: 'VsphereError', code });
  });

  test('something that is not HTTP', async () => {
    const error = await collect({ Login: (response) => void response.socket?.end('\u0000\u0001 hello\r\n\r\n') });
    expect(error).toMatchObject({ name: 'VsphereError' });
  });
});

describe('answers that want to fill the memory', () => {
  const bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>';
  test.each<[string, Script]>([
    ['an entity bomb', { RetrievePropertiesEx: raw(bomb) }],
    ['an endless text', { RetrievePropertiesEx: endless(`${inPage}<objects>`, 'a'.repeat(65_536)) }],
    ['an endless name', { RetrievePropertiesEx: endless(`${inPage}<`, 'a'.repeat(65_536)) }],
    ['an endless attribute', { RetrievePropertiesEx: endless(`${inPage}<objects a="`, 'a'.repeat(65_536)) }],
    ['endless attributes', { RetrievePropertiesEx: endless(`${inPage}<objects`, ' a="1" b="2"') }],
    ['an endless depth', { RetrievePropertiesEx: endless(`${inPage}<objects>`, '<a>'.repeat(1_000)) }],
    ['endless elements in one object', { RetrievePropertiesEx: endless(`${inPage}<objects>`, '<a/>'.repeat(1_000)) }],
    [
      'endless objects',
      { RetrievePropertiesEx: endless(inPage, '<objects><obj type="X">1</obj></objects>'.repeat(1_000)) },
    ],
    [
      'a gzip bomb',
      { RetrievePropertiesEx: raw(gzipSync(inPage + ' '.repeat(64 << 20)), 200, { 'content-encoding': 'gzip' }) },
    ],
  ])('%s is cut off', async (_name, script) => {
    const before = process.memoryUsage().rss;
    expect(await collect(script)).toMatchObject({ code: 'vcenter_protocol' });
    expect(process.memoryUsage().rss - before).toBeLessThan(200 << 20);
  });

  test('a page for ever, a token each, ends at the deadline', async () => {
    const page = '<returnval><token>1</token></returnval>';
    const error = await collect(
      { RetrievePropertiesEx: page, ContinueRetrievePropertiesEx: page },
      { deadlineMs: 400 },
    );
    expect(error).toMatchObject({ code: 'vcenter_deadline' });
  });
});

describe('answers that take too long', () => {
  const timeouts = { firstByteMs: 150, connectMs: 100, idleMs: 150, restartMs: 10 };
  test('no first byte', async () => {
    expect(await collect({ Login: () => undefined }, { timeouts })).toMatchObject({ code: 'vcenter_deadline' });
  });
  test('a silence in the middle', async () => {
    const error = await collect({ Login: (response) => void response.write(opened) }, { timeouts });
    expect(error).toMatchObject({ code: 'vcenter_deadline' });
  });
  test('a byte now and then', async () => {
    const drip = (response: ServerResponse) => {
      const timer = setInterval(() => response.write(' '), 20);
      response.once('close', () => clearInterval(timer));
    };
    expect(await collect({ Login: drip }, { deadlineMs: 400 })).toMatchObject({ code: 'vcenter_deadline' });
  });
});

test('a NotAuthenticated in a missingSet of the view itself is a lost session too', async () => {
  const missing = '<missingSet><path>view</path><fault><fault xsi:type="NotAuthenticated"/></fault></missingSet>';
  const lost = `<returnval><objects><obj type="ContainerView">session[1]view</obj>${missing}</objects></returnval>`;
  const map = await collect({ RetrievePropertiesEx: [lost, ''] });
  expect(map).toMatchObject({ complete: true });
  expect(server?.requests.filter((body) => body.includes('<Login ')).length).toBe(2);
});
