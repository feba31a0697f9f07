import type { Facts } from '../facts.js';

/** Systems that are spoken to in different words: 2008 R2 and older have no Storage cmdlets. */
export type OsFamily = 'windows' | 'windows-2008' | 'linux';
type Commands = { commands: readonly string[]; verify: readonly string[] };

export function osFamilyOf({ report, platform }: Facts): OsFamily {
  const facts = report?.remembered;
  if ((facts?.platform ?? platform) === 'linux') return 'linux';
  const isOld = facts?.platform === 'windows' && 'value' in facts.os && /^6\.[01]\./.test(facts.os.value.version);
  return isOld ? 'windows-2008' : 'windows';
}

const readGuards = 'reg query HKLM\\SYSTEM\\CurrentControlSet\\Services\\MountMgr /v NoAutoMount';
const letters: Record<string, Commands> = {
  'mount-one-partition': { commands: ['mountvol S: /S'], verify: ['mountvol S: /L'] },
  'remove-letter': { commands: ['mountvol S: /D'], verify: ['mountvol'] },
};

/** By step of the runbook. On BIOS hosts of 2008 R2 `mountvol /S` does not exist: there one partition gets a letter by its role. */
export const stepCommands: Record<OsFamily, Readonly<Record<string, Commands>>> = {
  windows: {
    ...letters,
    unzone: {
      commands: ['Get-IscsiSession | Disconnect-IscsiTarget', 'Update-HostStorageCache'],
      verify: ['Get-Disk | Select-Object Number,FriendlyName,BusType,UniqueId,IsOffline,IsReadOnly,IsBoot'],
    },
    patch: { commands: [], verify: ['Get-HotFix | Sort-Object InstalledOn -Descending | Select-Object -First 5'] },
    'verify-guards': {
      commands: ['Set-StorageSetting -NewDiskPolicy OfflineShared', 'mountvol /N'],
      verify: ['Get-StorageSetting | Select-Object NewDiskPolicy', readGuards],
    },
    're-present': {
      commands: ['Update-HostStorageCache'],
      verify: ['Get-Disk | Where-Object { -not $_.IsBoot } | Select-Object Number,UniqueId,IsOffline,IsReadOnly'],
    },
  },
  'windows-2008': {
    'mount-one-partition': {
      commands: [
        'diskpart: list volume',
        'diskpart: select volume N (System Reserved, info "System")',
        'diskpart: assign letter=S',
      ],
      verify: ['diskpart: detail volume'],
    },
    'remove-letter': { commands: ['mountvol S: /D'], verify: ['mountvol'] },
    unzone: {
      commands: ['iscsicli LogoutTarget <session id>', 'diskpart: rescan'],
      verify: ['diskpart: list disk'],
    },
    patch: { commands: [], verify: ['wmic qfe get HotFixID,InstalledOn'] },
    'verify-guards': {
      commands: ['diskpart: san policy=OfflineShared', 'diskpart: automount disable'],
      verify: ['diskpart: san', 'diskpart: automount', readGuards],
    },
    're-present': { commands: ['diskpart: rescan'], verify: ['diskpart: list disk', 'diskpart: attributes disk'] },
  },
  linux: {
    unzone: {
      commands: ['iscsiadm -m node -u', 'multipath -F'],
      verify: ['lsblk -o NAME,TYPE,SIZE,RO,WWN,FSTYPE', 'iscsiadm -m session'],
    },
    patch: { commands: [], verify: ['uname -r'] },
    'verify-guards': {
      commands: [],
      verify: [
        'lvmconfig devices/use_devicesfile devices/global_filter',
        'lvmdevices',
        'systemctl is-active multipathd',
      ],
    },
    're-present': {
      commands: ['rescan-scsi-bus.sh', 'multipath -r'],
      verify: ['lsblk -o NAME,RO,WWN,FSTYPE', 'vgs -o vg_name,pv_name,vg_systemid'],
    },
  },
};
