import { existsSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fakeRoot, fcProxy } from './fake-root.js';
import { collect, newDirectory, path, tools } from './run-collector.js';

const day = 86_400;
const daysAgo = (days: number) => Date.now() / 1000 - days * day;

/** Tools of this machine without its package managers, then the fake ones. */
function only(bodies: Record<string, string>): string {
  const plain = newDirectory('plain');
  const names =
    'awk cat cp cut date find grep gzip head id mkdir mktemp mv rm sed sha256sum sleep sort tail timeout tr uname'.split(
      ' ',
    );
  for (const name of names) {
    const found = path.split(':').map((folder) => join(folder, name));
    const [tool] = found.filter((file) => existsSync(file));
    if (tool !== undefined) symlinkSync(tool, join(plain, name));
  }
  symlinkSync('/bin/sh', join(plain, 'sh'));
  return `${tools(bodies)}:${plain}`;
}

async function factsOf(
  files: Record<string, string>,
  bodies: Record<string, string>,
  ages: Record<string, number> = {},
) {
  const root = fakeRoot({ ...fcProxy, files });
  for (const [name, days] of Object.entries(ages)) utimesSync(join(root, name), daysAgo(days), daysAgo(days));
  return (await collect({ path: only(bodies), shell: '/bin/sh', env: { LUNWARDEN_ROOT: root, TZ: 'Europe/Berlin' } }))
    .facts;
}

const aptLists = { 'var/lib/apt/lists/deb_Packages': '', 'var/lib/apt/lists/partial/.keep': '' };
// `apt-get -s dist-upgrade` of Debian 12; a line without [old version] is a new package, not an update.
const aptSays = `cat <<'TEXT'
Inst openssl [3.0.19-1~deb12u2] (3.0.22-1~deb12u2 Debian:12.12/oldstable, Debian-Security:12/oldstable-security [amd64])
Inst bash [5.2.15-2+b8] (5.2.15-2+b13 Debian:12.12/oldstable [amd64])
Inst linux-image-6.1.0-40-amd64 (6.1.153-1 Debian:12.12/oldstable [amd64])
Inst linux-image-amd64 [6.1.140-1] (6.1.153-1 Debian-Security:12/oldstable-security [amd64]) []
Conf openssl (3.0.22-1~deb12u2 Debian:12.12/oldstable [amd64])
TEXT`;

describe.skipIf(process.platform === 'win32')('pending updates of a Linux proxy', () => {
  it('come from a simulation of apt, with the security ones marked', async () => {
    const { pendingUpdates } = await factsOf(aptLists, { 'apt-get': aptSays });
    const update = { severity: 'unspecified', cves: [], categories: [], needsReboot: false };
    expect(pendingUpdates).toEqual({
      value: [
        { ...update, id: 'openssl', title: 'openssl 3.0.19-1~deb12u2 -> 3.0.22-1~deb12u2', categories: ['security'] },
        { ...update, id: 'bash', title: 'bash 5.2.15-2+b8 -> 5.2.15-2+b13' },
        {
          ...update,
          id: 'linux-image-amd64',
          title: 'linux-image-amd64 6.1.140-1 -> 6.1.153-1',
          categories: ['security'],
          needsReboot: true,
        },
      ],
    });
  });

  it('are none only if apt looked and found none', async () => {
    expect((await factsOf(aptLists, { 'apt-get': 'echo "0 upgraded"' })).pendingUpdates).toEqual({ value: [] });
    expect((await factsOf(aptLists, { 'apt-get': 'exit 100' })).pendingUpdates).toMatchObject({ unknown: 'error' });
    expect((await factsOf({}, { 'apt-get': 'echo "0 upgraded"' })).pendingUpdates).toMatchObject({
      unknown: 'not_collected',
    });
  });

  it('are unknown when the lists are weeks old', async () => {
    const ages = { 'var/lib/apt/lists/partial': 20, 'var/lib/apt/lists': 20 };
    expect((await factsOf(aptLists, { 'apt-get': aptSays }, ages)).pendingUpdates).toMatchObject({ unknown: 'stale' });
  });

  const dnf = `case "$*" in
*check-update*) cat <<'TEXT'

kernel.x86_64                    5.14.0-503.11.1.el9_5          baseos
openssl-libs.x86_64              1:3.2.2-6.el9_5                baseos
tar.x86_64                       2:1.34-7.el9                   baseos
Obsoleting Packages
grub2-tools.x86_64               1:2.06-92.el9                  baseos
TEXT
exit 100 ;;
*cves*) cat <<'TEXT'
CVE-2024-6119  Moderate/Sec.  openssl-libs-1:3.2.2-6.el9_5.x86_64
CVE-2024-12797 Important/Sec. openssl-libs-1:3.2.2-6.el9_5.x86_64
TEXT
;;
*updateinfo*) cat <<'TEXT'
RHSA-2024:9605 Important/Sec. kernel-5.14.0-503.11.1.el9_5.x86_64
RHSA-2024:8935 Moderate/Sec.  openssl-libs-1:3.2.2-6.el9_5.x86_64
RHBA-2024:9999 bugfix         tar-2:1.34-7.el9.x86_64
TEXT
;; esac`;
  const metadata = { 'var/cache/dnf/baseos/repodata/repomd.xml': '<repomd/>' };

  it('come from the cache of dnf, with severity and CVEs of their advisories', async () => {
    const { pendingUpdates } = await factsOf(metadata, { dnf });
    expect(pendingUpdates).toMatchObject({
      value: [
        { id: 'kernel', severity: 'important', categories: ['security'], cves: [], needsReboot: true },
        { id: 'openssl-libs', severity: 'important', cves: ['CVE-2024-6119', 'CVE-2024-12797'], needsReboot: false },
        { id: 'tar', severity: 'unspecified', categories: [] },
      ],
    });
    expect(pendingUpdates).toHaveProperty('value.length', 3);
  });

  it('are unknown without metadata in the cache of dnf, however dnf ends', async () => {
    expect((await factsOf({}, { dnf: 'exit 0' })).pendingUpdates).toMatchObject({ unknown: 'stale' });
    expect((await factsOf(metadata, { dnf: 'exit 1' })).pendingUpdates).toMatchObject({ unknown: 'error' });
  });
});

describe.skipIf(process.platform === 'win32')('the last update of a Linux proxy', () => {
  it('is the newest upgrade of the apt history that had no error, in UTC', async () => {
    const history = [
      ['2026-11-10  09:59:00', 'Upgrade: bash:amd64 (1, 2)', '2026-11-10  10:00:00'],
      ['2026-11-12  09:59:00', 'Install: jq:amd64 (1)', '2026-11-12  10:00:00'],
      [
        '2026-11-14  09:59:00',
        'Upgrade: bash:amd64 (2, 3)\nError: Sub-process /usr/bin/dpkg returned an error code (1)',
        '2026-11-14  10:00:00',
      ],
    ].map(([start, what, end]) => `Start-Date: ${start}\n${what}\nEnd-Date: ${end}\n\n`);
    const { lastUpdateSuccessAt } = await factsOf(
      { 'var/log/apt/history.log': history.join('') },
      { 'apt-get': 'exit 1' },
    );
    expect(lastUpdateSuccessAt).toEqual({ value: '2026-11-10T09:00:00Z' });
  });
});

describe.skipIf(process.platform === 'win32')('what keeps LVM off guest volumes', () => {
  const conf = (text: string) => ({ 'etc/lvm/lvm.conf': text });
  const devices = { 'etc/lvm/devices/system.devices': 'IDTYPE=sys_wwid IDNAME=naa.6000 DEVNAME=/dev/sda\n' };
  const guardOf = async (files: Record<string, string>, bodies = {}) => (await factsOf(files, bodies)).lvmGuard;

  it('is a global filter that refuses something, also over several lines', async () => {
    expect(await guardOf(conf('devices {\n  global_filter = [\n "a|^/dev/sda|",\n "r|.*|" ]\n}\n'))).toEqual({
      value: 'filter',
    });
  });

  it.each(['# global_filter = [ "r|.*|" ]', 'global_filter = [ "a|.*|" ]', 'filter_x = [ "r|.*|" ]', ''])(
    'is nothing with %j',
    async (line) => {
      expect(await guardOf(conf(`devices {\n ${line}\n}\n`))).toEqual({ value: 'none' });
    },
  );

  it('is a devices file that LVM uses, and unknown where LVM does not say', async () => {
    expect(await guardOf({ ...conf('devices {\n use_devicesfile = 1\n}\n'), ...devices })).toEqual({
      value: 'devices-file',
    });
    expect(await guardOf({ ...conf('devices {\n use_devicesfile=0\n}\n'), ...devices })).toEqual({ value: 'none' });
    expect(await guardOf({ ...conf(''), ...devices }, { lvmconfig: 'echo use_devicesfile=1' })).toEqual({
      value: 'devices-file',
    });
    expect(await guardOf({ ...conf(''), ...devices })).toMatchObject({ unknown: 'unsupported' });
  });
});

describe.skipIf(process.platform === 'win32')('a pending reboot of a Linux proxy', () => {
  it('has its reasons, or is unknown where nothing tells', async () => {
    const { pendingReboot } = await factsOf({ 'run/reboot-required': '', 'boot/vmlinuz-99.1.0': '' }, {});
    expect(pendingReboot).toMatchObject({
      value: ['reboot-required', expect.stringContaining('kernel 99.1.0 is installed')],
    });
    expect((await factsOf({}, { 'needs-restarting': 'exit 0' })).pendingReboot).toEqual({ value: [] });
    expect((await factsOf({}, {})).pendingReboot).toMatchObject({ unknown: 'unsupported' });
  });
});
