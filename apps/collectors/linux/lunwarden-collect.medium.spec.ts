import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { keysOfLinuxDisk, type LinuxFacts } from '@lunwarden/contract';
import { describe, expect, it } from 'vitest';
import { capture, machineOfTree, machinesOfMultipath } from './captures.js';
import { type FakeMachine, fakeRoot, fcProxy, vmfsType } from './fake-root.js';
import { collect, newDirectory, path, run, script, tools } from './run-collector.js';

const has = (tool: string): boolean => spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0;
/** Skips loudly: on the console, and counted. */
function need(tool: string, skip: (condition: boolean, note: string) => void): void {
  if (!has(tool)) console.warn(`SKIPPED: ${tool} is not on this machine`);
  skip(!has(tool), `${tool} is not on this machine`);
}
const disksOf = (facts: LinuxFacts) => ('value' in facts.disks ? facts.disks.value : []);
const on = (machine: FakeMachine, more: Parameters<typeof collect>[0] = {}) =>
  collect({ ...more, env: { LUNWARDEN_ROOT: fakeRoot(machine), ...more.env } });
const data = process.env.LUNWARDEN_TEST_DATA;

describe.skipIf(process.platform === 'win32')('the Linux collector', () => {
  it('reports this very machine in the form that the API takes', async () => {
    const { report, facts } = await collect();
    const kernel = execFileSync('uname', ['-r'], { encoding: 'utf8' }).trim();
    expect(facts.os).toMatchObject({ value: { kernel } });
    expect(report.bootId).toBe(readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
    expect(report.collector.sha256).toBe(createHash('sha256').update(readFileSync(script)).digest('hex'));
    const madeAt = Number.parseInt(report.reportId.replaceAll('-', '').slice(0, 12), 16);
    expect(Math.abs(Date.now() - madeAt)).toBeLessThan(60_000);
    expect(report.collectors.map(({ name }) => name)).toContain('disks');
  });

  it('counts the reports of a boot, and keeps its installation', async () => {
    const env = { LUNWARDEN_STATE: newDirectory('state') };
    const first = await on(fcProxy, { env });
    const second = await on(fcProxy, { env });
    expect([first.report.seq, second.report.seq]).toEqual([0, 1]);
    expect(second.report.installId).toBe(first.report.installId);
    expect(second.report.reportId > first.report.reportId).toBe(true);
  });

  it.for(['dash', 'busybox sh', 'bash --posix'])('says the same under %s', async (shell, { skip }) => {
    need(shell.split(' ')[0] ?? '', skip);
    expect((await on(fcProxy, { shell })).facts).toEqual((await on(fcProxy)).facts);
  });

  it.for(['gawk', 'busybox awk', 'original-awk'])('says the same with %s', async (awk, { skip }) => {
    need(awk.split(' ')[0] ?? '', skip);
    const first = `${tools({ awk: `exec ${awk} "$@"` })}:${path}`;
    expect((await on(hostile, { path: first })).facts).toEqual((await on(hostile)).facts);
  });

  it('shows a LUN behind two Fibre Channel paths once, as its map, with the VMFS partition', async () => {
    const { facts } = await on(fcProxy);
    const disks = disksOf(facts);
    expect(disks.map(({ name }) => name)).toEqual(['mpatha', 'sda']);
    expect(disks[0]).toMatchObject({
      transport: 'fc',
      multipath: 'mpatha',
      sizeBytes: String(4 * 2 ** 40),
      readOnly: { value: false },
      serialNumber: '80SE?F0Ervt',
      partitions: { value: [{ name: 'sdb1', partType: vmfsType, fsType: 'VMFS_volume_member', mountPoints: [] }] },
    });
    expect(disks.slice(0, 1).map(keysOfLinuxDisk)).toEqual([['naa:600a098038303053453f463045727654']]);
    expect(disks[1]).toMatchObject({
      transport: 'sata',
      partitions: { value: [{ name: 'sda1', mountPoints: ['/'] }] },
    });
    expect(facts.multipath).toEqual({ value: 'active' });
  });

  it('never takes what udev does not know for an empty disk', async () => {
    const machine = { ...fcProxy, devices: fcProxy.devices.map((device) => ({ ...device, udev: undefined })) };
    for (const { partitions } of disksOf((await on(machine)).facts))
      expect(partitions).toMatchObject({ unknown: 'error' });
  });

  it('never takes a machine without any disk in sight for one without LUNs', async () => {
    expect((await on({ devices: [] })).facts.disks).toHaveProperty('unknown');
  });

  it('writes nothing outside its state directory', async () => {
    const root = fakeRoot(fcProxy);
    const before = digestOf(root);
    await collect({ env: { LUNWARDEN_ROOT: root } });
    expect(digestOf(root)).toBe(before);
  });

  it('is clean for shellcheck', ({ skip }) => {
    need('shellcheck', skip);
    expect(spawnSync('shellcheck', ['-s', 'sh', script], { encoding: 'utf8' })).toMatchObject({
      status: 0,
      stdout: '',
    });
  });
});

const junk = Buffer.from([
  0x6e, 0xff, 0xfe, 0xc0, 0xaf, 0xed, 0xa0, 0x80, 0x22, 0x5c, 0x01, 0x1b, 0x5b, 0xe2, 0x80, 0xae, 0xc3, 0xa9,
]);
const hostile: FakeMachine = {
  devices: fcProxy.devices.map((device) => ({
    ...device,
    ...(device.wwid !== undefined && { wwid: junk }),
    ...(device.map !== undefined && { map: { ...device.map, name: junk } }),
    udev: [Buffer.concat([Buffer.from('E:ID_SERIAL_SHORT='), junk]), 'E:ID_FS_TYPE="}],"x":[{', 'S:disk/by-id/a"b\\c'],
  })),
  mounts: [
    '25 1 8:1 / /mnt/a\\012b"c\\134d\\040$(id)\\377 rw - ext4 /dev/sda1 rw',
    '26 1 8:1 / /mnt/\u202Eelif rw - ext4 /dev/sda1 rw',
  ],
  files: {
    'etc/os-release': 'ID="x\\"y"\nVERSION_ID=$(touch /tmp/lunwarden-was-run)\nPRETTY_NAME="`id` \u0007 "quotes""\n',
    'proc/sys/kernel/hostname': 'pxy "01"; rm -rf /\n',
    'sys/class/dmi/id/sys_vendor': Buffer.concat([junk, Buffer.from('\n')]),
    'sys/class/dmi/id/product_name': `${'long'.repeat(2000)}\n`,
  },
};

describe.skipIf(process.platform === 'win32')('the Linux collector among hostile names', () => {
  it('keeps its JSON whole and shows where something could not be shown', async () => {
    const { facts } = await on(hostile);
    expect(facts.hostname).toBe('pxy--01---rm--rf--');
    expect(facts.machine).toMatchObject({
      value: { vendor: 'n\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD"\\\uFFFD\uFFFD[\uFFFDé' },
    });
    expect(facts.machine).toHaveProperty('value.model.length', 128);
    const [map, local] = disksOf(facts);
    expect(map?.name).toContain('"\\');
    expect(local?.partitions).toMatchObject({
      value: [{ mountPoints: ['/mnt/a\uFFFDb"c\\d $(id)\uFFFD', '/mnt/\uFFFDelif'] }],
    });
  });

  it('never runs what it reads', async () => {
    const { facts } = await on(hostile);
    expect(facts.os).toMatchObject({ value: { versionId: '$(touch /tmp/lunwarden-was-run)' } });
    expect(existsSync('/tmp/lunwarden-was-run')).toBe(false);
  });
});

const lvm: FakeMachine = { ...fcProxy, files: { 'etc/lvm/lvm.conf': 'devices {\n}\n' } };
const statusOf = (run: Awaited<ReturnType<typeof collect>>, name: string) =>
  run.report.collectors.find((part) => part.name === name)?.status;

describe.skipIf(process.platform === 'win32' || process.getuid?.() !== 0)(
  'the Linux collector with a tool that fails (as root)',
  () => {
    it('takes a failing tool for unknown, and keeps the rest', async () => {
      const failing = await on(lvm, { path: `${tools({ vgs: 'echo "  broken|vg0"; exit 5' })}:${path}` });
      expect(failing.facts.foreignVolumeGroups).toMatchObject({ unknown: 'error' });
      expect(statusOf(failing, 'volume-groups')).toBe('error');
      expect(disksOf(failing.facts)).toHaveLength(2);
    });

    it('takes a tool that hangs for a timeout, and goes on', async () => {
      const env = { LUNWARDEN_TIMEOUT: '1' };
      const hanging = await on(lvm, { env, path: `${tools({ vgs: 'exec sleep 30' })}:${path}` });
      expect(hanging.facts.foreignVolumeGroups).toMatchObject({ unknown: 'timeout' });
      expect(statusOf(hanging, 'volume-groups')).toBe('timeout');
      expect(statusOf(hanging, 'reboot')).toBeDefined();
    });

    it('calls a volume group foreign when nothing here uses it', async () => {
      const vgs = tools({ vgs: 'echo "  aaaa-1|vg_root"; echo "  bbbb-2|guest vg"' });
      const root: FakeMachine = {
        ...lvm,
        devices: [
          ...lvm.devices,
          { name: 'dm-7', number: '253:7', map: { name: 'vg_root-root', uuid: 'LVM-aaaa1xyz' } },
        ],
        mounts: ['25 1 253:7 / / rw - ext4 /dev/mapper/vg_root-root rw'],
      };
      const { facts } = await on(root, { path: `${vgs}:${path}` });
      expect(facts.foreignVolumeGroups).toEqual({ value: ['guest vg'] });
    });
  },
);

/** Only what POSIX calls a shell's basics: nothing that could look at hardware, packages or time limits. */
function bareTools(): string {
  const directory = newDirectory('bare');
  for (const tool of [
    'sh',
    'awk',
    'cat',
    'cp',
    'cut',
    'date',
    'grep',
    'head',
    'id',
    'mkdir',
    'mktemp',
    'mv',
    'rm',
    'sed',
    'sort',
    'tail',
    'tr',
    'uname',
  ])
    symlinkSync(execFileSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).trim(), join(directory, tool));
  return directory;
}

describe.skipIf(process.platform === 'win32')('the Linux collector on a host without its tools', () => {
  it('still gives a valid report, in which nothing unread looks read', async () => {
    const { report, facts } = await collect({
      path: bareTools(),
      shell: execFileSync('sh', ['-c', 'command -v sh'], { encoding: 'utf8' }).trim(),
      env: { LUNWARDEN_ROOT: newDirectory('nothing') },
    });
    const { platform, hostname, elevated, lvmGuard, foreignVolumeGroups, ...rest } = facts;
    for (const [name, fact] of Object.entries(rest))
      expect([name, fact]).toEqual([name, expect.objectContaining({ unknown: expect.any(String) })]);
    // Without LVM there is nothing that could activate a volume group.
    expect([lvmGuard, foreignVolumeGroups]).toEqual([{ value: 'no-lvm' }, { value: [] }]);
    expect(report.collector.sha256).toBeNull();
  });

  it('says in a sentence where it may not write', async () => {
    const { code, err } = await run({ args: ['--out', '-'], env: { LUNWARDEN_STATE: '/proc/nowhere' } });
    expect([code, err]).toEqual([3, expect.stringContaining('LUNWARDEN_STATE')]);
  });
});

describe.skipIf(process.platform === 'win32')('the Linux collector on machines that others captured', () => {
  it('shows the three maps of a real lsblk tree once each, and the local disk', async ({ skip }) => {
    const tree = capture('lsblk_multipath_tree.txt', data);
    if (tree === null) console.warn('SKIPPED: shared/data/linux/lsblk_multipath_tree.txt is not on this machine');
    skip(tree === null, 'the real lsblk capture is not on this machine');
    const disks = disksOf((await on(machineOfTree(tree ?? ''))).facts);
    expect(disks.map(({ name }) => name).sort()).toEqual(['mpatha', 'mpathb', 'mpathc', 'sda']);
    const sda = disks.find(({ name }) => name === 'sda');
    expect(sda?.partitions).toMatchObject({
      value: [{ name: 'sda1', mountPoints: ['/boot'] }, { name: 'sda2' }, { name: 'sda3' }],
    });
    const mpathb = disks.find(({ name }) => name === 'mpathb');
    expect(mpathb?.partitions).toMatchObject({ value: [{ name: 'mpathbp1' }] });
  });

  it('gives every map of a real multipath -ll its identifier and size', async ({ skip }) => {
    const text = capture('multipath-ll_rhel6_mixed.txt', data);
    if (text === null) console.warn('SKIPPED: shared/data/linux/multipath-ll_rhel6_mixed.txt is not on this machine');
    skip(text === null, 'the real multipath capture is not on this machine');
    const maps = machinesOfMultipath(text ?? '');
    expect(maps.map(({ label }) => label)).toEqual([
      'mpathg',
      'mpathe',
      '36001405b1629f80d52a4c898f8856e43',
      'mpatha',
      '1IET     00080001',
      'mpathb',
      '1IET     00080007',
      'mpathc',
    ]);
    for (const { label, wwid, size, machine } of maps) {
      const disks = disksOf((await on(machine)).facts);
      expect(disks.map(({ name, multipath, sizeBytes }) => ({ name, multipath, sizeBytes }))).toEqual([
        { name: label, multipath: label, sizeBytes: String(size) },
      ]);
      expect(disks[0]?.ids).toContain(`mpath-${wwid}`);
      if (wwid.startsWith('3')) expect(disks.flatMap(keysOfLinuxDisk)).toEqual([`naa:${wwid.slice(1)}`]);
    }
  });
});

function digestOf(root: string): string {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).map((entry) =>
    join(entry.parentPath, entry.name),
  );
  const hash = createHash('sha256');
  for (const file of files.sort()) hash.update(file).update(String(lstatSync(file).mtimeMs));
  return hash.digest('hex');
}
