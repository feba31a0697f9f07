import type { Finding, HostDetail, StorageDatastoreDetail } from '@lunwarden/contract';
import { type SanOrder, smallSan, vcsimTruth, vmfsDisk, windowsBootDisk, windowsFacts } from '@lunwarden/sample-fleet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { account, findVcsim, startVcsim, type Vcsim } from '../../../../../libs/vsphere/testing/vcsim.js';
import { browserOf, type ReportingHost, reportingHost } from '../../../e2e/reporting-host.js';
import { type Switchboard, startSwitchboard } from '../../../e2e/switchboard.js';
import { password, signIn, startTestApi, type TestApi } from '../../../e2e/test-api.js';

const program = await findVcsim();
const patched: SanOrder = { ...smallSan, esxi: { version: '8.0.3', build: '24784735' } };
const ill: SanOrder = {
  ...patched,
  troubles: [
    'hot-added',
    'proxy-snapshot',
    'proxy-backed-up',
    'left-behind',
    'old-esxi',
    'copy',
    're-used',
    'dead-paths',
  ],
};
const truth = vcsimTruth(patched);
const proxy = truth.vms[0];
/** The LUN of the first volume. */
const lun = truth.extents[0]?.diskName.replace('naa.', '') ?? '';

const watched = ['HOT-002', 'HOT-003', 'HOT-004', 'HOT-005', 'ESX-001', 'ESX-003', 'WIN-018'] as const;
type Verdicts = Record<(typeof watched)[number], Finding['verdict'] | undefined>;

describe.skipIf(program === null)('what the vCenter map says of a proxy', () => {
  let api: TestApi;
  let simulators: Vcsim[];
  let switchboard: Switchboard;
  let ask: ReturnType<typeof browserOf>;
  let host: ReportingHost;
  let other: ReportingHost;
  let vcenter: string;

  const facts = (biosUuid: string | null, isVirtual = true) =>
    windowsFacts({
      machine: { value: { isVirtual, vendor: isVirtual ? 'VMware, Inc.' : 'HPE', model: 'm', biosUuid } },
      transport: { value: { configured: 'virtual-appliance', source: 'product' } },
      disks: { value: [windowsBootDisk(), ...(isVirtual ? [vmfsDisk(1, lun)] : [])] },
    });
  const detail = async ({ hostId }: ReportingHost) => (await ask('GET', `/hosts/${hostId}`)).body as HostDetail;
  const findings = async () => (await detail(host)).assessment.findings;
  const verdicts = async () => {
    const found = new Map((await findings()).map(({ code, verdict }) => [code, verdict]));
    return Object.fromEntries(watched.map((code) => [code, found.get(code)])) as Verdicts;
  };
  const collected = async (): Promise<void> => {
    const before = (await api.sql('SELECT collected_at AS at FROM map_in_force'))[0]?.at;
    expect((await ask('POST', `/vcenters/${vcenter}/collect`)).status).toBe(202);
    await expect
      .poll(async () => (await api.sql('SELECT collected_at AS at FROM map_in_force'))[0]?.at, { timeout: 60_000 })
      .not.toEqual(before);
    await expect.poll(async () => api.sql('SELECT id FROM map_change'), { timeout: 60_000 }).toEqual([]);
  };

  beforeAll(async () => {
    simulators = [await startVcsim(program ?? '', { order: ill }), await startVcsim(program ?? '', { order: patched })];
    switchboard = await startSwitchboard(simulators[0]?.url ?? '');
    api = await startTestApi({ role: 'all' });
    await api.admin.createAdmin('root', password);
    ask = browserOf(api, await signIn(api, 'root'));
    host = await reportingHost(api, 'proxy');
    other = await reportingHost(api, 'physical');
    await host.report(facts(proxy?.biosUuid ?? ''));
    await other.report(facts(null, false));
  });
  afterAll(async () => {
    await api?.close();
    await switchboard?.stop();
    for (const simulator of simulators ?? []) await simulator.stop();
  });

  it('is not known before a vCenter told its map', async () => {
    const unknown = Object.fromEntries(watched.map((code) => [code, 'unknown']));
    expect(await verdicts()).toEqual(unknown);
    const hotAdd = (await detail(host)).assessment.modes.find(({ mode }) => mode === 'virtual-appliance');
    expect(hotAdd?.feasible).toBe('unknown');
  });

  it('puts it at risk, with the names of what is wrong', async () => {
    const { id } = await api.admin.addVcenter({
      name: 'san',
      url: switchboard.url,
      username: account.username,
      password: account.password,
      trust: { kind: 'loopback' },
    });
    vcenter = id;
    await expect.poll(async () => api.sql('SELECT 1 FROM map_in_force'), { timeout: 60_000 }).toHaveLength(1);
    // A disk that a map shows for the first time may have come with a task that has just begun.
    await collected();
    const atRisk = Object.fromEntries(watched.map((code) => [code, 'at-risk']));
    await expect.poll(verdicts, { timeout: 30_000 }).toEqual(atRisk);
    const said = (await findings())
      .flatMap(({ code, evidence }) => evidence.map(({ text }) => `${code} ${text}`))
      .join('\n');
    for (const words of [
      'HOT-002 Attached: [vmfs-c0-1] vm-c0-1/vm-c0-1.vmdk',
      'vm-c0-2: VEEAM BACKUP TEMPORARY SNAPSHOT, vm-c0-3: needs consolidation',
      'HOT-005 Snapshots: VEEAM BACKUP TEMPORARY SNAPSHOT, before patch',
      'ESX-001 esx1000.example.test build 20036589',
      'ESX-003 esx1000.example.test (7.0.3)',
      'WIN-018 Its volume lies on another LUN too: vmfs-c0-0',
    ])
      expect(said).toContain(words);
  });

  it('tells a copy from its volume, and what its cluster reaches', async () => {
    const { assessment } = await detail(host);
    expect(assessment.exposure.datastores).toMatchObject([{ name: 'vmfs-c0-0', doubts: ['copy'] }]);
    const hotAdd = assessment.modes.find(({ mode }) => mode === 'virtual-appliance');
    expect(hotAdd).toMatchObject({
      feasible: 'yes',
      feasibility: expect.stringContaining('Every host of its cluster'),
    });
  });

  it('shows a dead path beside the LUN that it leads to', async () => {
    const { assessment } = await detail(host);
    const id = encodeURIComponent(assessment.exposure.datastores[0]?.id ?? '');
    const { idlePaths, hardware } = (await ask('GET', `/storage/datastores/${id}`)).body as StorageDatastoreDetail;
    const [dead] = vcsimTruth(ill).deadPaths;
    expect(idlePaths).toEqual([
      { diskName: dead?.diskName, host: 'esx1000.example.test', vcenter: 'san', name: dead?.name, state: 'dead' },
    ]);
    expect(hardware.find(({ diskName }) => diskName === dead?.diskName)).toMatchObject({
      vendor: 'DGC',
      model: 'VRAID',
    });
  });

  it('doubts a LUN that carries another volume than before until the next map says the same', async () => {
    switchboard.to(simulators[1]?.url ?? '');
    await collected();
    await expect
      .poll(async () => (await detail(host)).assessment.exposure, { timeout: 30_000 })
      .toMatchObject({ isComplete: false, datastores: [{ name: 'vmfs-c0-0', doubts: ['new-generation'] }] });
    expect((await verdicts())['WIN-018']).toBe('unknown');
  });

  it('takes it back when the estate was cleared, and judges nobody whom it does not concern', async () => {
    const judgedAt = async () => (await detail(other)).assessment.asOf;
    const before = await judgedAt();
    await collected();
    const well = { 'HOT-002': 'safe', 'HOT-003': 'safe', 'HOT-005': 'safe', 'WIN-018': 'safe' };
    // No trace of a job is no proof that there is none; the tables of builds age by themselves.
    await expect.poll(verdicts, { timeout: 30_000 }).toMatchObject({ ...well, 'HOT-004': 'unknown' });
    const { 'ESX-001': builds, 'ESX-003': support } = await verdicts();
    expect([builds, support]).not.toContain('at-risk');
    expect(await judgedAt()).toBe(before);
  });

  it('is told by every spelling of a UUID, and not where two VMs share one', async () => {
    await api.sql(`UPDATE map_vm SET bios_uuid = $1 WHERE id = $2`, [proxy?.biosUuid, truth.vms[1]?.id]);
    await api.sql(`UPDATE host_seen SET report_ms = 0`);
    const said = async () => (await findings()).find(({ code }) => code === 'HOT-005')?.evidence[0]?.text;
    await expect.poll(said, { timeout: 30_000 }).toContain('2 VMs share its UUID');
    // Its LUNs show nothing that is left, but nobody knows which of the two it is, and what that one reaches.
    expect((await verdicts())['HOT-003']).toBe('unknown');
  });
});
