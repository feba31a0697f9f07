import type { Driver } from '@lunwarden/contract';
import { model } from './model.js';
import type { Policy } from './policy.js';
import { type Reading, settled } from './reading.js';
import { at, type Signals } from './signals.js';
import { unmask } from './unmask.js';

/** One factor of the score, what it is called, and the host with that factor alone made safe. */
type Factor = {
  factor: string;
  label: string;
  reading: (signals: Signals) => Reading<unknown>;
  fix: (signals: Signals) => Signals;
};

const luns: readonly Factor[] = [
  {
    factor: 'visible-luns',
    label: 'VMFS LUNs in sight',
    reading: (signals) => signals.visibleLuns,
    fix: unmask,
  },
  {
    factor: 'disk-states',
    label: 'State of the VMFS LUNs',
    reading: (signals) => signals.luns,
    fix: (signals) => ({ ...signals, luns: settled(signals.visibleLuns.worst ? ['offline-read-only'] : []) }),
  },
  {
    factor: 'lun-tables',
    label: 'Partition tables of the VMFS LUNs',
    reading: (signals) => signals.overwritten,
    fix: (signals) => ({ ...signals, overwritten: settled(false) }),
  },
  {
    factor: 'lun-contents',
    label: 'Datastores and VMs in reach',
    reading: (signals) => signals.reach,
    // What is known to lie there cannot be fixed away; only the doubt can.
    fix: (signals) => ({ ...signals, reach: settled(signals.reach.best) }),
  },
];

const windows: readonly Factor[] = [
  {
    factor: 'san-policy',
    label: 'SAN policy',
    reading: (signals) => signals.sanPolicy,
    fix: (signals) => ({ ...signals, sanPolicy: settled('OfflineShared') }),
  },
  {
    factor: 'automount',
    label: 'Automount',
    reading: (signals) => signals.automount,
    fix: (signals) => ({ ...signals, automount: settled('disabled-scrubbed') }),
  },
  {
    factor: 'failed-update',
    label: 'Update that failed with a trap code',
    reading: (signals) => signals.failedUpdate,
    fix: (signals) => ({ ...signals, failedUpdate: settled(false) }),
  },
  {
    factor: 'boot-store-update',
    label: 'Pending update of the boot store',
    reading: (signals) => signals.bootStoreUpdatePending,
    fix: (signals) => ({ ...signals, bootStoreUpdatePending: settled(false) }),
  },
  {
    factor: 'os-upgrade',
    label: 'Pending upgrade of the operating system',
    reading: (signals) => signals.osUpgradePending,
    fix: (signals) => ({ ...signals, osUpgradePending: settled(false) }),
  },
  {
    factor: 'auto-install',
    label: 'Updates that install by themselves',
    reading: (signals) => signals.autoInstall,
    fix: (signals) => ({ ...signals, autoInstall: settled(false) }),
  },
];

const linux: readonly Factor[] = [
  {
    factor: 'lvm-guard',
    label: 'LVM guard',
    reading: (signals) => signals.lvmGuarded,
    fix: (signals) => ({ ...signals, lvmGuarded: settled(true) }),
  },
  {
    factor: 'multipath',
    label: 'Multipath',
    reading: (signals) => signals.multipath,
    fix: (signals) => ({ ...signals, multipath: settled(true) }),
  },
  {
    factor: 'foreign-volume-groups',
    label: 'Volume groups of guests',
    reading: (signals) => signals.foreignVolumes,
    fix: (signals) => ({ ...signals, foreignVolumes: settled(false) }),
  },
];

const everywhere: readonly Factor[] = [
  {
    factor: 'missing-updates',
    label: 'Missing updates',
    reading: (signals) => signals.missing,
    fix: (signals) => ({ ...signals, missing: settled('none'), updatesPending: settled(false) }),
  },
  {
    factor: 'exploited-vulnerabilities',
    label: 'Vulnerabilities known to be exploited',
    reading: withLikelihood,
    fix: (signals) => ({ ...signals, knownExploited: settled('none'), epss: settled(null) }),
  },
  {
    factor: 'last-update',
    label: 'Last installed update',
    reading: (signals) => signals.updateAge,
    fix: (signals) => ({ ...signals, updateAge: settled(0) }),
  },
  {
    factor: 'os-support',
    label: 'Support of the operating system',
    reading: (signals) => signals.osSupport,
    fix: (signals) => ({ ...signals, osSupport: settled('supported') }),
  },
  {
    factor: 'pending-reboot',
    label: 'Pending reboot',
    reading: (signals) => signals.pendingReboot,
    fix: (signals) => ({ ...signals, pendingReboot: settled(false) }),
  },
  {
    factor: 'transport-mode',
    label: 'Disks of guests attached by hot-add',
    reading: (signals) => signals.mode,
    fix: (signals) => ({ ...signals, mode: settled('network') }),
  },
  {
    factor: 'role',
    label: 'Role of the host',
    reading: (signals) => signals.role,
    fix: (signals) => ({ ...signals, role: settled('proxy') }),
  },
];

/** What is listed, and how likely the rest is to be exploited. */
function withLikelihood({ knownExploited, epss }: Signals): Reading<unknown> {
  if (knownExploited.state === 'bad' || epss.text === '') return knownExploited;
  return {
    ...knownExploited,
    state: knownExploited.state === 'unknown' ? 'unknown' : epss.state,
    text: `${knownExploited.text}; ${epss.text}`,
    evidence: [...knownExploited.evidence, ...epss.evidence],
  };
}

const factors = { windows: [...luns, ...windows, ...everywhere], linux: [...luns, ...linux, ...everywhere] };

/** Every factor of this host, the one whose repair helps most first. */
export function driversOf(signals: Signals, policy: Policy): Driver[] {
  return factors[signals.platform]
    .map(({ factor, label, reading, fix }): Driver => {
      const { state, text, evidence } = reading(signals);
      const ifFixed = model(at('worst', fix(signals)), policy).score;
      return { factor, label, value: text.slice(0, 300), state, ifFixed, evidence };
    })
    .toSorted((a, b) => a.ifFixed - b.ifFixed || (a.factor < b.factor ? -1 : 1));
}
