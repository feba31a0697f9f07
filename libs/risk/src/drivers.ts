import type { Driver } from '@lunwarden/contract';
import type { FactorName } from './labels.js';
import { type ModelInput, model, type Trigger } from './model.js';
import type { Policy } from './policy.js';
import type { Reading } from './reading.js';
import { at, type Signals } from './signals.js';

/** One factor of the score, and what the model takes instead once that factor alone is made safe. */
type Factor = {
  factor: FactorName;
  signal: { [K in keyof Signals]: Signals[K] extends Reading<unknown> ? K : never }[keyof Signals];
  fix: Fix | ((signals: Signals) => Fix);
};
type Fix = { settings?: Partial<Omit<ModelInput, 'triggers'>>; untrigger?: Trigger };

const luns: readonly Factor[] = [
  {
    factor: 'visible-luns',
    signal: 'visibleLuns',
    fix: ({ overwritten }) => ({
      settings: { luns: [], reach: { vms: 0, datastores: 0 }, isOverwritten: overwritten.best },
    }),
  },
  {
    factor: 'disk-states',
    signal: 'luns',
    fix: ({ visibleLuns }) => ({ settings: { luns: visibleLuns.worst ? ['offline-read-only'] : [] } }),
  },
  {
    factor: 'lun-tables',
    signal: 'overwritten',
    fix: { settings: { isOverwritten: false } },
  },
  {
    factor: 'lun-contents',
    signal: 'reach',
    // What is known to lie there cannot be fixed away; only the doubt can.
    fix: ({ reach }) => ({ settings: { reach: reach.best } }),
  },
];

const windows: readonly Factor[] = [
  {
    factor: 'san-policy',
    signal: 'sanPolicy',
    fix: { settings: { sanPolicy: 'OfflineShared' } },
  },
  {
    factor: 'automount',
    signal: 'automount',
    fix: { settings: { automount: 'disabled-scrubbed' } },
  },
  {
    factor: 'failed-update',
    signal: 'failedUpdate',
    fix: { untrigger: 'failedUpdate' },
  },
  {
    factor: 'boot-store-update',
    signal: 'bootStoreUpdatePending',
    fix: { untrigger: 'bootStoreUpdatePending' },
  },
  {
    factor: 'os-upgrade',
    signal: 'osUpgradePending',
    fix: { untrigger: 'osUpgradePending' },
  },
  {
    factor: 'auto-install',
    signal: 'autoInstall',
    fix: { untrigger: 'autoInstall' },
  },
];

const linux: readonly Factor[] = [
  {
    factor: 'lvm-guard',
    signal: 'lvmGuarded',
    fix: { settings: { isLvmGuarded: true } },
  },
  {
    factor: 'multipath',
    signal: 'multipath',
    fix: { settings: { hasMultipath: true } },
  },
  {
    factor: 'foreign-volume-groups',
    signal: 'foreignVolumes',
    fix: { settings: { hasForeignVolumes: false } },
  },
];

const everywhere: readonly Factor[] = [
  {
    factor: 'missing-updates',
    signal: 'missing',
    fix: { settings: { missing: 'none' }, untrigger: 'updatesPending' },
  },
  {
    factor: 'exploited-vulnerabilities',
    signal: 'knownExploited',
    fix: { settings: { knownExploited: 'none', epss: null } },
  },
  {
    factor: 'last-update',
    signal: 'updateAge',
    fix: { settings: { daysSinceUpdate: 0 } },
  },
  {
    factor: 'os-support',
    signal: 'osSupport',
    fix: { settings: { osSupport: 'supported' } },
  },
  {
    factor: 'pending-reboot',
    signal: 'pendingReboot',
    fix: { untrigger: 'pendingReboot' },
  },
  {
    factor: 'transport-mode',
    signal: 'mode',
    fix: { settings: { mode: 'network' } },
  },
  {
    factor: 'role',
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

/** A driver before somebody reads it: without its label. */
export type UntitledDriver = Omit<Driver, 'factor' | 'label'> & { factor: FactorName };

/** Every factor of this host, the one whose repair helps most first. */
export function driversOf(signals: Signals, policy: Policy): UntitledDriver[] {
  const now = at('worst', signals);
  const { score } = model(now, policy);
  return factors[signals.platform]
    .map(({ factor, signal, fix }): UntitledDriver => {
      const { state, text, evidence } = signal === 'knownExploited' ? withLikelihood(signals) : signals[signal];
      const change = typeof fix === 'function' ? fix(signals) : fix;
      // Most of a well-kept host is as safe as can be, and needs no second look.
      const ifFixed = isMade(change, now) ? score : model(fixed(now, change), policy).score;
      return { factor, value: text.slice(0, 300), state, ifFixed, evidence };
    })
    .toSorted((a, b) => a.ifFixed - b.ifFixed || (a.factor < b.factor ? -1 : 1));
}

const fixed = (now: ModelInput, { settings, untrigger }: Fix): ModelInput => ({
  ...now,
  ...settings,
  triggers: untrigger === undefined ? now.triggers : { ...now.triggers, [untrigger]: false },
});

/** True if the host is so already. */
const isMade = ({ settings = {}, untrigger }: Fix, now: ModelInput): boolean =>
  isWithin(settings, now) && (untrigger === undefined || !now.triggers[untrigger]);

function isWithin<T extends object>(part: Partial<T>, whole: T): boolean {
  for (const name in part) if (!isSame(part[name], whole[name])) return false;
  return true;
}

/** Lists of states and reaches are the same if they read the same. */
const isSame = (a: unknown, b: unknown): boolean =>
  a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b));
