import type { Driver } from '@lunwarden/contract';
import { type ModelInput, model } from './model.js';
import type { Policy } from './policy.js';
import type { Reading } from './reading.js';
import { at, type Signals } from './signals.js';

/** One factor of the score, what it is called, and what the model takes instead once that factor alone is made safe. */
type Factor = {
  factor: string;
  label: string;
  signal: { [K in keyof Signals]: Signals[K] extends Reading<unknown> ? K : never }[keyof Signals];
  fix: Fix | ((signals: Signals) => Fix);
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
    signal: 'visibleLuns',
    fix: ({ overwritten }) => ({
      luns: [],
      reach: { vms: 0, datastores: 0 },
      settings: { isOverwritten: overwritten.best },
    }),
  },
  {
    factor: 'disk-states',
    label: 'State of the VMFS LUNs',
    signal: 'luns',
    fix: ({ visibleLuns }) => ({ luns: visibleLuns.worst ? ['offline-read-only'] : [] }),
  },
  {
    factor: 'lun-tables',
    label: 'Partition tables of the VMFS LUNs',
    signal: 'overwritten',
    fix: { settings: { isOverwritten: false } },
  },
  {
    factor: 'lun-contents',
    label: 'Datastores and VMs in reach',
    signal: 'reach',
    // What is known to lie there cannot be fixed away; only the doubt can.
    fix: ({ reach }) => ({ reach: reach.best }),
  },
];

const windows: readonly Factor[] = [
  {
    factor: 'san-policy',
    label: 'SAN policy',
    signal: 'sanPolicy',
    fix: { settings: { sanPolicy: 'OfflineShared' } },
  },
  {
    factor: 'automount',
    label: 'Automount',
    signal: 'automount',
    fix: { settings: { automount: 'disabled-scrubbed' } },
  },
  {
    factor: 'failed-update',
    label: 'Update that failed with a trap code',
    signal: 'failedUpdate',
    fix: { triggers: { failedUpdate: false } },
  },
  {
    factor: 'boot-store-update',
    label: 'Pending update of the boot store',
    signal: 'bootStoreUpdatePending',
    fix: { triggers: { bootStoreUpdatePending: false } },
  },
  {
    factor: 'os-upgrade',
    label: 'Pending upgrade of the operating system',
    signal: 'osUpgradePending',
    fix: { triggers: { osUpgradePending: false } },
  },
  {
    factor: 'auto-install',
    label: 'Updates that install by themselves',
    signal: 'autoInstall',
    fix: { triggers: { autoInstall: false } },
  },
];

const linux: readonly Factor[] = [
  {
    factor: 'lvm-guard',
    label: 'LVM guard',
    signal: 'lvmGuarded',
    fix: { settings: { isLvmGuarded: true } },
  },
  {
    factor: 'multipath',
    label: 'Multipath',
    signal: 'multipath',
    fix: { settings: { hasMultipath: true } },
  },
  {
    factor: 'foreign-volume-groups',
    label: 'Volume groups of guests',
    signal: 'foreignVolumes',
    fix: { settings: { hasForeignVolumes: false } },
  },
];

const everywhere: readonly Factor[] = [
  {
    factor: 'missing-updates',
    label: 'Missing updates',
    signal: 'missing',
    fix: { settings: { missing: 'none' }, triggers: { updatesPending: false } },
  },
  {
    factor: 'exploited-vulnerabilities',
    label: 'Vulnerabilities known to be exploited',
    signal: 'knownExploited',
    fix: { settings: { knownExploited: 'none', epss: null } },
  },
  {
    factor: 'last-update',
    label: 'Last installed update',
    signal: 'updateAge',
    fix: { settings: { daysSinceUpdate: 0 } },
  },
  {
    factor: 'os-support',
    label: 'Support of the operating system',
    signal: 'osSupport',
    fix: { settings: { osSupport: 'supported' } },
  },
  {
    factor: 'pending-reboot',
    label: 'Pending reboot',
    signal: 'pendingReboot',
    fix: { triggers: { pendingReboot: false } },
  },
  {
    factor: 'transport-mode',
    label: 'Disks of guests attached by hot-add',
    signal: 'mode',
    fix: { settings: { mode: 'network' } },
  },
  {
    factor: 'role',
    label: 'Role of the host',
    signal: 'role',
    fix: { settings: { role: 'proxy' } },
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
    .map(({ factor, label, signal, fix }): Driver => {
      const { state, text, evidence } = signal === 'knownExploited' ? withLikelihood(signals) : signals[signal];
      const change = typeof fix === 'function' ? fix(signals) : fix;
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
