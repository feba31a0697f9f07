import type { LunMap } from '@lunwarden/contract';
import { lunMapOf, sampleFleet } from '@lunwarden/sample-fleet';
import { collectLunMap, probeVcenter } from '@lunwarden/vsphere';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningVcenter, startSampleVcenter } from './start-sample-vcenter.js';

const asOf = '2026-11-22T07:00:00.000Z';
const account = { username: 'lunwarden@vsphere.local', password: 'sample <&> password' };
const { vcenters } = sampleFleet({ seed: 7, asOf });
const running: RunningVcenter[] = [];

beforeAll(async () => {
  for (const estate of vcenters) running.push(await startSampleVcenter(estate, account));
});
afterAll(async () => {
  for (const one of running) await one.close();
});

const options = (at: number) => ({
  url: running[at]!.url,
  ...account,
  trust: { kind: 'loopback' as const },
  now: () => new Date(asOf),
});
const byId = <T extends { id: string }>(rows: readonly T[]) => [...rows].sort((a, b) => a.id.localeCompare(b.id));

/** A map without what depends on the moment or the order of the answer. */
const rowsOf = ({ datastores, hosts, vms, ...rest }: LunMap) => ({
  ...rest,
  durationMs: 0,
  datastores: byId(datastores),
  hosts: byId(hosts),
  vms: byId(vms),
});

describe('the sample vCenter, read by the collector', () => {
  it.each([0, 1, 2])('number %i tells exactly the true rows of the fleet', async (at) => {
    expect(rowsOf(await collectLunMap(options(at)))).toEqual(rowsOf(lunMapOf(vcenters[at]!, asOf)));
  });

  it('tells the same rows in pages of seven', async () => {
    const small = await collectLunMap({ ...options(0), pageSize: 7 });
    expect(rowsOf(small)).toEqual(rowsOf(lunMapOf(vcenters[0]!, asOf)));
  });

  it('is met as a vCenter, and refuses a wrong password', async () => {
    expect(await probeVcenter(options(0))).toMatchObject({ ok: true, about: { instanceUuid: vcenters[0]!.uuid } });
    expect(await probeVcenter({ ...options(0), password: 'wrong' })).toMatchObject({ ok: false, about: null });
  });
});

describe('the sample vCenter, spoken to by hand', () => {
  const post = async (body: string, cookie = '') => {
    const answer = await fetch(`${running[0]!.url}/sdk`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml', soapaction: '"urn:vim25/8.0.2.0"', cookie },
      body: `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><e:Body>${body}</e:Body></e:Envelope>`,
    });
    return { status: answer.status, text: await answer.text(), cookie: answer.headers.get('set-cookie') ?? '' };
  };
  const login = (password: string, cookie = '') =>
    post(
      `<Login xmlns="urn:vim25"><_this type="SessionManager">SessionManager</_this><userName>${account.username}</userName><password>${password}</password></Login>`,
      cookie,
    );
  const signedIn = async () => (await login('sample &lt;&amp;&gt; password')).cookie.split(';')[0]!;
  const collector = '<_this type="PropertyCollector">propertyCollector</_this>';
  const retrieve = (view: string, path: string, options = '') =>
    `<RetrievePropertiesEx xmlns="urn:vim25">${collector}<specSet><propSet><type>VirtualMachine</type><pathSet>${path}</pathSet></propSet><objectSet><obj type="ContainerView">${view}</obj><skip>true</skip><selectSet xsi:type="TraversalSpec"><type>ContainerView</type><path>view</path></selectSet></objectSet></specSet><options>${options}</options></RetrievePropertiesEx>`;
  const next = (token: string) =>
    `<ContinueRetrievePropertiesEx xmlns="urn:vim25">${collector}<token>${token}</token></ContinueRetrievePropertiesEx>`;
  const viewOfVms = async (cookie: string) => {
    const { text } = await post(
      '<CreateContainerView xmlns="urn:vim25"><_this type="ViewManager">ViewManager</_this><container type="Folder">group-d1</container><type>VirtualMachine</type><recursive>true</recursive></CreateContainerView>',
      cookie,
    );
    return /type="ContainerView">([^<]+)</.exec(text)![1]!;
  };

  it('answers a wrong password and a second login with InvalidLogin', async () => {
    const wrong = await login('wrong');
    expect(wrong.status).toBe(500);
    expect(wrong.text).toContain('xsi:type="InvalidLogin"');
    expect(wrong.cookie).toBe('');
    const again = await login('sample &lt;&amp;&gt; password', await signedIn());
    expect(again.text).toContain('xsi:type="InvalidLogin"');
  });

  it('answers nothing without a session, and nothing after the logout', async () => {
    expect((await post(retrieve('x', 'name'))).text).toContain('xsi:type="NotAuthenticated"');
    const cookie = await signedIn();
    const logout = '<Logout xmlns="urn:vim25"><_this type="SessionManager">SessionManager</_this></Logout>';
    expect((await post(logout, cookie)).status).toBe(200);
    expect((await post(next('0'), cookie)).text).toContain('xsi:type="NotAuthenticated"');
  });

  it('pages by a hundred where nobody asked, and takes each token once', async () => {
    const cookie = await signedIn();
    const first = await post(retrieve(await viewOfVms(cookie), 'name'), cookie);
    expect(first.text.match(/<objects>/g)).toHaveLength(100);
    expect(first.text).toContain('<token>0</token>');
    const second = await post(next('0'), cookie);
    expect(second.text).toContain('<token>1</token>');
    const twice = await post(next('0'), cookie);
    expect(twice.status).toBe(500);
    expect(twice.text).toContain('xsi:type="InvalidProperty"');
  });

  it('lists the LUNs that a host of a cluster sees, and the one that a VM owns whole', async () => {
    const cookie = await signedIn();
    const [cluster] = vcenters[0]!.datacenters[0]!.clusters;
    const ask = (kind: string, id: string, path: string) =>
      post(
        `<RetrievePropertiesEx xmlns="urn:vim25">${collector}<specSet><propSet><type>${kind}</type><pathSet>${path}</pathSet></propSet><objectSet><obj type="${kind}">${id}</obj></objectSet></specSet><options/></RetrievePropertiesEx>`,
        cookie,
      );
    const { text } = await ask('HostSystem', cluster!.hosts[0]!.id, 'config.storageDevice.scsiLun');
    const names = [...text.matchAll(/<canonicalName>([^<]+)</g)].map(([, name]) => name);
    expect(names.slice(0, -1)).toEqual(cluster!.luns.map((lun) => lun.canonicalName));
    const devices = (await ask('VirtualMachine', cluster!.vms[0]!.id, 'config.hardware.device')).text;
    const owned = cluster!.luns.find((lun) => lun.use === 'rdm')!;
    expect(devices).toContain('xsi:type="VirtualDiskRawDiskMappingVer1BackingInfo"');
    expect(devices).toContain(owned.digits);
  });

  it('refuses the whole call for a property that a type has not', async () => {
    const cookie = await signedIn();
    const answer = await post(retrieve(await viewOfVms(cookie), 'nonsense.name'), cookie);
    expect(answer.status).toBe(500);
    expect(answer.text).toContain('xsi:type="InvalidProperty"');
  });

  it('refuses a request with a DOCTYPE', async () => {
    const answer = await fetch(`${running[0]!.url}/sdk`, {
      method: 'POST',
      body: '<!DOCTYPE a [<!ENTITY b "c">]><a/>',
    });
    expect(answer.status).toBe(500);
    expect(await answer.text()).toContain('InvalidRequest');
  });
});
