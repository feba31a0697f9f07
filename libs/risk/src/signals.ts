import type { Exposure, SanPolicy, TransportMode } from '@lunwarden/contract';
import type { Facts } from './facts.js';
import type { Lun } from './lun.js';
import type { EffectiveMode } from './mode.js';
import type { Automount, KnownExploited, LunState, Missing, ModelInput, OsSupport, Reach, Trigger } from './model.js';
import type { Policy } from './policy.js';
import { type Reading, settled, type Told } from './reading.js';
import { guardReadings } from './signals/guards.js';
import { leftoverReading } from './signals/leftovers.js';
import type { Likelihood } from './signals/likelihood.js';
import { linuxReadings } from './signals/linux.js';
import { lunReadings } from './signals/luns.js';
import { patchReadings } from './signals/patches.js';
import { roleReading } from './signals/role.js';
import type { Trusts } from './trust.js';

/**
 * Everything the model weighs, each as an interval with its evidence. Not here because no collector reports it yet, and
 * so in no score: auto-wiping tools, the product's own support, restore windows.
 */
export type Signals = {
  platform: 'windows' | 'linux';
  role: Reading<ModelInput['role']>;
  mode: Reading<TransportMode>;
  visibleLuns: Reading<boolean>;
  luns: Reading<readonly LunState[]>;
  overwritten: Reading<boolean>;
  reach: Reading<Reach>;
  sanPolicy: Reading<SanPolicy>;
  automount: Reading<Automount>;
  lvmGuarded: Reading<boolean>;
  multipath: Reading<boolean>;
  leftoverDisks: Reading<boolean>;
  foreignVolumes: Reading<boolean>;
  missing: Reading<Missing>;
  knownExploited: Reading<KnownExploited>;
  epss: Reading<Likelihood>;
  updateAge: Reading<number>;
  osSupport: Reading<OsSupport>;
  tierOne: Reading<boolean>;
  attachedVms: number;
} & { [T in Exclude<Trigger, 'lunWriteWindow'>]: Reading<boolean> };

/** What the readings of one host are made from. */
export type Source = {
  facts: Facts;
  /** When the facts of the report were true; null = there is none, or its age cannot be proven. */
  observedAt: string | null;
  platform: 'windows' | 'linux';
  asOf: number;
  policy: Policy;
  trusts: Trusts;
  luns: Told<Lun[]>;
  /** Those of `luns` that are VMFS or cannot be told from it; empty while nobody ever read the list. */
  vmfs: readonly Lun[];
  exposure: Exposure;
  mode: EffectiveMode;
};

export function signalsOf(source: Source): Signals {
  return {
    platform: source.platform,
    role: roleReading(source),
    mode: source.mode.reading,
    ...lunReadings(source),
    ...guardReadings(source),
    ...linuxReadings(source),
    ...patchReadings(source),
    leftoverDisks: leftoverReading(source),
    // Nobody marks tier-one VMs yet: any VM may be one.
    tierOne: { ...settled(false), worst: true },
    attachedVms: source.policy.hotAddTasks,
  };
}

/** The signals as the model sees them at one end of the interval. */
export function at(end: 'worst' | 'best', signals: Signals): ModelInput {
  return {
    platform: signals.platform,
    role: signals.role[end],
    mode: signals.mode[end],
    luns: signals.luns[end],
    sanPolicy: signals.sanPolicy[end],
    automount: signals.automount[end],
    isLvmGuarded: signals.lvmGuarded[end],
    hasMultipath: signals.multipath[end],
    hasForeignVolumes: signals.foreignVolumes[end],
    autoWipes: false,
    hasLeftoverDisks: signals.leftoverDisks[end],
    triggers: {
      failedUpdate: signals.failedUpdate[end],
      osUpgradePending: signals.osUpgradePending[end],
      bootStoreUpdatePending: signals.bootStoreUpdatePending[end],
      autoInstall: signals.autoInstall[end],
      lunWriteWindow: false,
      pendingReboot: signals.pendingReboot[end],
      updatesPending: signals.updatesPending[end],
    },
    missing: signals.missing[end],
    knownExploited: signals.knownExploited[end],
    epss: signals.epss[end],
    daysSinceUpdate: signals.updateAge[end],
    osSupport: signals.osSupport[end],
    productSupport: 'supported',
    reach: signals.reach[end],
    attachedVms: signals.attachedVms,
    hasTierOne: signals.tierOne[end],
    isOverwritten: signals.overwritten[end],
  };
}
