import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { password, startTestApi, type TestApi } from '../../api/e2e/test-api.js';
import { readEnvironment } from '../src/environment.js';
import { run } from '../src/run.js';

/** The least that is a whole map: one VM on one volume on one LUN. */
const tabs = {
  vInfo: [
    'VM,Template,VM ID,Path,Datacenter,Host,VI SDK Server,VI SDK UUID',
    'web,False,vm-1,[DS1] web/web.vmx,DC,esx1,vc.example,5f2b1c3d',
  ],
  vDisk: ['VM,VM ID,Disk Path,Raw,Host', 'web,vm-1,[DS1] web/web.vmdk,False,esx1'],
  vDatastore: [
    'Name,Accessible,Type,Capacity MiB,Hosts,# Extents,URL,Object ID',
    'DS1,True,VMFS,"1,048,576",esx1,1,ds:///vmfs/volumes/5f2b1c3d-1a2b3c4d-5e6f-001122334455/,datastore-1',
  ],
  vMultiPath: ['Host,Datacenter,Datastore,Disk', 'esx1,DC,DS1,naa.60060160271d481d6f45000000000001'],
  vHost: ['Host,Datacenter,Cluster,Object ID', 'esx1,DC,C1,host-1'],
};

let api: TestApi;
let folder: string;

beforeAll(async () => {
  api = await startTestApi();
  await api.admin.createAdmin('root', password);
  folder = await mkdtemp(join(tmpdir(), 'lunwarden-rvtools-'));
  for (const [tab, lines] of Object.entries(tabs))
    await writeFile(join(folder, `RVTools_tab${tab}.csv`), `\ufeff${lines.join('\r\n')}\r\n`);
});
afterAll(async () => {
  await api?.close();
  await rm(folder, { recursive: true, force: true });
});

async function lunwarden(...argv: string[]) {
  const said: string[] = [];
  const environment = readEnvironment({
    LUNWARDEN_URL: api.url,
    LUNWARDEN_USER: 'root',
    LUNWARDEN_PASSWORD: password,
  });
  const hear = (line: string) => void said.push(line);
  const code = await run(argv, () => ({ environment, out: hear, say: hear }), hear);
  return { code, said: said.join('\n') };
}

it('brings a folder of CSV files in force, once somebody says when it was written', async () => {
  const undated = await lunwarden('import', 'rvtools', folder);
  expect(undated).toEqual({ code: 1, said: expect.stringContaining('--exported-at') });
  const exportedAt = '2026-01-05T10:00:00Z';
  const dated = await lunwarden('import', 'rvtools', folder, '--exported-at', exportedAt);
  expect(dated).toEqual({
    code: 0,
    said: expect.stringContaining('vc.example\tin-force\texported 2026-01-05T10:00:00Z'),
  });
  expect((await lunwarden('vcenter', 'list')).said).toContain('map of 2026-01-05T10:00:00.000Z, 1 VMs on 1 datastores');
});

it('names the option by which a person confirms that hosts are gone, and takes it', async () => {
  await writeFile(join(folder, 'RVTools_tabvHost.csv'), `${tabs.vHost.join('\r\n')}\r\nesx2,DC,C1,host-2\r\n`);
  const grown = await lunwarden('import', 'rvtools', folder, '--exported-at', '2026-01-05T11:00:00Z');
  expect(grown).toEqual({ code: 0, said: expect.stringContaining('2 hosts') });
  await writeFile(join(folder, 'RVTools_tabvHost.csv'), `${tabs.vHost.join('\r\n')}\r\n`);
  const again = ['import', 'rvtools', folder, '--exported-at', '2026-01-05T12:00:00Z'];
  const lost = await lunwarden(...again);
  expect(lost.code).toBe(1);
  expect(lost.said).toContain('1 ESXi hosts instead of 2');
  expect(lost.said).toContain('bring it again with --confirm-hosts 1.');
  expect((await lunwarden(...again, '--confirm-hosts', '2')).code).toBe(1);
  expect(await lunwarden(...again, '--confirm-hosts', '1')).toEqual({
    code: 0,
    said: expect.stringContaining('in-force'),
  });
});

it('names an option for each kind that is lost, and takes none of them for another', async () => {
  const write = (tab: 'vInfo' | 'vDisk' | 'vHost', rows: readonly string[]) =>
    writeFile(join(folder, `RVTools_tab${tab}.csv`), `${[...tabs[tab], ...rows].join('\r\n')}\r\n`);
  const more = Array.from({ length: 8 }, (_, n) => `web${n}`);
  await write(
    'vInfo',
    more.map((vm) => `${vm},False,${vm},[DS1] ${vm}/${vm}.vmx,DC,esx1,vc.example,5f2b1c3d`),
  );
  await write('vHost', ['esx2,DC,C1,host-2']);
  const at = (time: string) => ['import', 'rvtools', folder, '--exported-at', `2026-01-05T${time}:00Z`];
  expect((await lunwarden(...at('13:00'))).said).toContain('9 VMs');
  await write('vInfo', []);
  await write('vHost', []);
  const lost = await lunwarden(...at('14:00'));
  expect(lost.said).toContain('bring it again with --confirm-hosts 1 --confirm-vms 1.');
  expect((await lunwarden(...at('14:00'), '--confirm-hosts', '1')).code).toBe(1);
  expect((await lunwarden(...at('14:00'), '--confirm-hosts', '1', '--confirm-vms', '0')).code).toBe(1);
  expect((await lunwarden(...at('14:00'), '--confirm-hosts', '1', '--confirm-vms', '1')).code).toBe(0);
  const usage = await lunwarden(...at('15:00'), '--confirm-vms', 'all');
  expect(usage).toEqual({ code: 3, said: expect.stringContaining('--confirm-vms: a whole number') });
});

it('leaves with 1 and names what is missing, where the map does not come in force', async () => {
  await rm(join(folder, 'RVTools_tabvMultiPath.csv'));
  const { code, said } = await lunwarden('import', 'rvtools', folder, '--exported-at', '2026-01-06T10:00:00Z');
  expect(code).toBe(1);
  expect(said).toContain('missing: vMultiPath *: the tab is missing');
});

it('says what to name instead of a path that is none', async () => {
  expect(await lunwarden('import', 'rvtools', join(folder, 'nothing.xlsx'))).toEqual({
    code: 1,
    said: expect.stringContaining('name the file or folder'),
  });
});
