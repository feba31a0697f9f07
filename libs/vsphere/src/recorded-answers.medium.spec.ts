import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { GapList } from './collect/gap-list.js';
import type { ObjectContent } from './collect/object-content.js';
import { readDatastore } from './map/datastore.js';
import { readHost } from './map/host.js';
import { readVm } from './map/vm.js';
import { readServiceContent } from './service-content.js';
import { AnswerReader, returnvalDepth } from './soap/answer-reader.js';
import { child, children, refOf, textOf, type XmlElement } from './soap/xml-element.js';

// 26 exchanges of a ManageIQ client with VMware's own simulator, written by neither of us.
const folder = process.env.LUNWARDEN_TEST_DATA ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const file = `${folder}/vsphere/infra_manager_refresher.yml`;
const absent = !existsSync(file);
if (absent) console.warn(`SKIPPED: recorded vSphere answers are not at ${file} (LUNWARDEN_TEST_DATA names the folder)`);

interface Recording {
  request: { body: { string: string } };
  response: { body: { string: string } };
}

function decode(method: string, text: string): XmlElement | null {
  let returnval: XmlElement | null = null;
  const onItem = (item: XmlElement): void => {
    returnval = item;
  };
  const reader = new AnswerReader({ method, itemDepth: returnvalDepth, onItem });
  reader.write(new TextEncoder().encode(text));
  reader.end();
  return returnval;
}

/** An `objectSet` of WaitForUpdatesEx holds the same values as an `objects` of RetrievePropertiesEx. */
function contentOf(objectSet: XmlElement): ObjectContent {
  const ref = refOf(child(objectSet, 'obj')) ?? { kind: '', id: '' };
  const values = new Map<string, XmlElement>();
  for (const change of children(objectSet, 'changeSet')) {
    const value = child(change, 'val');
    // That client asked for the copies of these below `summary`.
    const path = textOf(change, 'name')?.replace(/^summary\.runtime\./, 'runtime.') ?? '';
    if (value !== null) values.set(path, value);
  }
  return { ref, values, missing: [] };
}

describe.skipIf(absent)('recorded answers', () => {
  let recordings: { method: string; body: string }[] = [];
  let objects: ObjectContent[] = [];
  const of = (kind: string): ObjectContent[] => objects.filter(({ ref }) => ref.kind === kind);

  beforeAll(() => {
    const all: Recording[] = parse(readFileSync(file, 'utf8'), { logLevel: 'silent' }).http_interactions;
    recordings = all.map(({ request, response }) => ({
      method: /Body>\s*<(\w+)/.exec(request.body.string)?.[1] ?? '',
      body: response.body.string,
    }));
    objects = recordings
      .filter(({ method }) => method === 'WaitForUpdatesEx')
      .map(({ method, body }) => decode(method, body))
      .flatMap((update) => children(child(update, 'filterSet'), 'objectSet'))
      .map(contentOf);
  });

  test('every one of the 26 is decoded as the answer to its question', () => {
    expect(recordings).toHaveLength(26);
    for (const { method, body } of recordings) expect(() => decode(method, body)).not.toThrow();
  });

  test('the vCenter tells who it is', () => {
    const first = recordings.find(({ method }) => method === 'RetrieveServiceContent');
    const { about, rootFolder } = readServiceContent(decode('RetrieveServiceContent', first?.body ?? ''));
    expect(about.instanceUuid).toBe('d6eb1d64-05b2-4937-bff6-6f77c6e647b7');
    expect(rootFolder).toEqual({ kind: 'Folder', id: 'group-d1' });
  });

  test('16 hosts, 64 VMs, 2 datastores of two datacenters', () => {
    expect([of('HostSystem').length, of('VirtualMachine').length, of('Datastore').length]).toEqual([16, 64, 2]);
  });

  // The list of sources says 32 hosts: that is how often a host is told of, and each of 16 is told of twice.
  test('32 answers tell of a host: 16 of the inventory, in two pages, and one a host of its storage', () => {
    const told = (method: string): string[][] =>
      recordings
        .filter((one) => one.method === method)
        .map(({ body }) => [...body.matchAll(/<obj [^>]*type="HostSystem"[^>]*>([^<]+)</g)].map(([, id]) => id ?? ''))
        .filter((ids) => ids.length > 0);
    const pages = told('WaitForUpdatesEx');
    const storage = told('RetrieveProperties');
    expect([pages.map((ids) => ids.length), storage.map((ids) => ids.length)]).toEqual([[4, 12], Array(16).fill(1)]);
    const [inventory, asked] = [pages.flat(), storage.flat()];
    expect(inventory.length + asked.length).toBe(32);
    expect(new Set([...inventory, ...asked]).size).toBe(16);
    // No reference anywhere names a 17th.
    const named = recordings.flatMap(({ body }) =>
      [...body.matchAll(/type="HostSystem"[^>]*>([^<]+)</g)].map(([, id]) => id),
    );
    expect(new Set(named).size).toBe(16);
  });

  test('both datastores are VMFS on a disk that only its host can name', () => {
    const found = of('Datastore').map((object) => readDatastore(object, new GapList())?.value);
    for (const one of found)
      expect(one).toMatchObject({
        type: 'VMFS',
        vmfsUuid: expect.stringMatching(/^[0-9a-f-]{36}$/),
        extents: [{ diskName: 'mpx.vmhba1:C0:T0:L0', partition: 3, keys: [] }],
      });
    expect(found.map((one) => one?.name).sort()).toEqual(['GlobalDS_0', 'GlobalDS_0']);
  });

  test('every host and VM is read, each VM on a known host and datastore', () => {
    const gaps = new GapList();
    const hosts = new Set(of('HostSystem').map((object) => readHost(object, gaps)?.value.id));
    const datastores = new Set(of('Datastore').map(({ ref }) => ref.id));
    expect(hosts.size).toBe(16);
    for (const object of of('VirtualMachine')) {
      const vm = readVm(object, gaps)?.value;
      expect(hosts).toContain(vm?.host);
      expect(vm?.datastores.length).toBeGreaterThan(0);
      expect(vm?.datastores.every((id) => datastores.has(id))).toBe(true);
    }
  });
});
