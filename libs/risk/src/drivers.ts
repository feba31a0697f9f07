import type { Driver } from '@lunwarden/contract';
import { type ModelInput, model } from './model.js';
import type { Policy } from './policy.js';
import type { Reading } from './reading.js';
import { at, type Signals } from './signals.js';

/** One factor of the score, what it is called, and what the model takes instead once that factor alone is made safe. */
type Factor = {
  factor: string;
  label: string;
  reading: (signals: Signals) => Reading<unknown>;
  fix: (signals: Signals) => Fix;
};
type Fix = {
  settings?: Partial<Omit<ModelInput, 'triggers' | 'luns' | 'reach'>>;
  triggers?: Partial<ModelInput['triggers']>;
  luns?: ModelInput['luns'];
  reach?: ModelInput['reach'];
};

const luns: readonly Factor[] = [
  {
    factor: 'visible-luns',
    label: 'VMFS LUNs in sight',
    reading: (signals) => signals.visibleLuns,
    fix: ({ overwritten }) => ({
      luns: [],
      reach: { vms: 0, datastores: 0 },
      settings: { isOverwritten: overwritten.best },
    }),
  },
  {
    factor: 'disk-states',
    label: 'State of the VMFS LUNs',
    reading: (signals) => signals.luns,
    fix: ({ visibleLuns }) => ({ luns: visibleLuns.worst ? ['offline-read-only'] : [] }),
  },
  {
    factor: 'lun-tables',
    label: 'Partition tables of the VMFS LUNs',
    reading: (signals) => signals.overwritten,
    fix: () => ({ settings: { isOverwritten: false } }),
  },
  {
    factor: 'lun-contents',
    label: 'Datastores and VMs in reach',
    reading: (signals) => signals.reach,
    // What is known to lie there cannot be fixed away; only the doubt can.
    fix: ({ reach }) => ({ reach: reach.best }),
  },
];

const windows: readonly Factor[] = [
  {
    factor: 'san-policy',
    label: 'SAN policy',
    reading: (signals) => signals.sanPolicy,
    fix: () => ({ settings: { sanPolicy: 'OfflineShared' } }),
  },
  {
    factor: 'automount',
    label: 'Automount',
    reading: (signals) => signals.automount,
    fix: () => ({ settings: { automount: 'disabled-scrubbed' } }),
  },
  {
    factor: 'failed-update',
    label: 'Update that failed with a trap code',
    reading: (signals) => signals.failedUpdate,
    fix: () => ({ triggers: { failedUpdate: false } }),
  },
  {
    factor: 'boot-store-update',
    label: 'Pending update of the boot store',
    reading: (signals) => signals.bootStoreUpdatePending,
    fix: () => ({ triggers: { bootStoreUpdatePending: false } }),
  },
  {
    factor: 'os-upgrade',
    label: 'Pending upgrade of the operating system',
    reading: (signals) => signals.osUpgradePending,
    fix: () => ({ triggers: { osUpgradePending: false } }),
  },
  {
    factor: 'auto-install',
    label: 'Updates that install by themselves',
    reading: (signals) => signals.autoInstall,
    fix: () => ({ triggers: { autoInstall: false } }),
  },
];

const linux: readonly Factor[] = [
  {
    factor: 'lvm-guard',
    label: 'LVM guard',
    reading: (signals) => signals.lvmGuarded,
    fix: () => ({ settings: { isLvmGuarded: true } }),
  },
  {
    factor: 'multipath',
    label: 'Multipath',
    reading: (signals) => signals.multipath,
    fix: () => ({ settings: { hasMultipath: true } }),
  },
  {
    factor: 'foreign-volume-groups',
    label: 'Volume groups of guests',
    reading: (signals) => signals.foreignVolumes,
    fix: () => ({ settings: { hasForeignVolumes: false } }),
  },
];

const everywhere: readonly Factor[] = [
  {
    factor: 'missing-updates',
    label: 'Missing updates',
    reading: (signals) => signals.missing,
    fix: () => ({ settings: { missing: 'none' }, triggers: { updatesPending: false } }),
  },
  {
    factor: 'exploited-vulnerabilities',
    label: 'Vulnerabilities known to be exploited',
    reading: withLikelihood,
    fix: () => ({ settings: { knownExploited: 'none', epss: null } }),
  },
  {
    factor: 'last-update',
    label: 'Last installed update',
    reading: (signals) => signals.updateAge,
    fix: () => ({ settings: { daysSinceUpdate: 0 } }),
  },
  {
    factor: 'os-support',
    label: 'Support of the operating system',
    reading: (signals) => signals.osSupport,
    fix: () => ({ settings: { osSupport: 'supported' } }),
  },
  {
    factor: 'pending-reboot',
    label: 'Pending reboot',
    reading: (signals) => signals.pendingReboot,
    fix: () => ({ triggers: { pendingReboot: false } }),
  },
  {
    factor: 'transport-mode',
    label: 'Disks of guests attached by hot-add',
    reading: (signals) => signals.mode,
    fix: () => ({ settings: { mode: 'network' } }),
  },
  {
    factor: 'role',
    label: 'Role of the host',
    reading: (signals) => signals.role,
    fix: () => ({ settings: { role: 'proxy' } }),
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
  const now = at('worst', signals);
  const { score } = model(now, policy);
  return factors[signals.platform]
    .map(({ factor, label, reading, fix }): Driver => {
      const { state, text, evidence } = reading(signals);
      const change = fix(signals);
      // Most of a well-kept host is as safe as can be, and needs no second look.
      const ifFixed = isMade(change, now) ? score : model(fixed(now, change), policy).score;
      return { factor, label, value: text.slice(0, 300), state, ifFixed, evidence };
    })
    .toSorted((a, b) => a.ifFixed - b.ifFixed || (a.factor < b.factor ? -1 : 1));
}

const fixed = (now: ModelInput, { settings, triggers, luns, reach }: Fix): ModelInput => ({
  ...now,
  ...settings,
  luns: luns ?? now.luns,
  reach: reach ?? now.reach,
  triggers: triggers === undefined ? now.triggers : { ...now.triggers, ...triggers },
});

/** True if the host is so already. */
const isMade = ({ settings, triggers, luns, reach }: Fix, now: ModelInput): boolean =>
  (settings === undefined || isWithin(settings, now)) &&
  (triggers === undefined || isWithin(triggers, now.triggers)) &&
  (reach === undefined || isWithin(reach, now.reach)) &&
  (luns === undefined || (luns.length === now.luns.length && luns.every((state, place) => state === now.luns[place])));

function isWithin<T extends object>(part: Partial<T>, whole: T): boolean {
  for (const name in part) if (part[name] !== whole[name]) return false;
  return true;
}
