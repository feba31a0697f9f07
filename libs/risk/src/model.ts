import type { SanPolicy, TransportMode } from '@lunwarden/contract';
import type { Floor } from './policy/floors.js';
import type { weights } from './policy/weights.js';
import type { Policy } from './policy.js';

type Weights = typeof weights;
export type LunState = keyof Weights['lun'];
export type Automount = keyof Weights['automount'];
export type Missing = keyof Weights['missing'];
export type KnownExploited = keyof Weights['knownExploited'];
export type OsSupport = keyof Weights['osSupport'];
export type Trigger = keyof Weights['trigger'];

/** What a careless write could reach. `Infinity` = nobody knows, so everything. */
export type Reach = { vms: number; datastores: number };

/** One host with every factor settled. The model knows no unknown: who calls it decides which end of the interval it sees. */
export type ModelInput = {
  platform: 'windows' | 'linux';
  role: 'proxy' | 'backup-server' | 'esxi-host';
  mode: TransportMode;
  /** State of each VMFS LUN in sight; empty = sees none. */
  luns: readonly LunState[];
  sanPolicy: SanPolicy;
  automount: Automount;
  isLvmGuarded: boolean;
  hasMultipath: boolean;
  autoWipes: boolean;
  hasForeignVolumes: boolean;
  hasLeftoverDisks: boolean;
  triggers: Readonly<Record<Trigger, boolean>>;
  missing: Missing;
  knownExploited: KnownExploited;
  daysSinceUpdate: number;
  osSupport: OsSupport;
  productSupport: keyof Weights['productSupport'];
  reach: Reach;
  /** VMs whose disks it may hold at once in hot-add. */
  attachedVms: number;
  hasTierOne: boolean;
  isOverwritten: boolean;
};

/** All figures are 0..1, `score` is 0..100 with one decimal; `floors` names every bound that applied, met or not. */
export type ModelResult = {
  score: number;
  corruption: number;
  corruptionAfterFix: number;
  trigger: number;
  patch: number;
  corruptionRisk: number;
  patchRisk: number;
  floors: Floor[];
};

/** Chance that at least one of independent things happens. */
function anyOf(...chances: readonly number[]): number {
  let none = 1;
  for (const chance of chances) none *= 1 - chance;
  return 1 - none;
}
const clamp = (value: number): number => Math.max(0, Math.min(1, value));

export function model(input: ModelInput, policy: Policy): ModelResult {
  const { weights } = policy;
  const corruption = corruptionOf(input, input.automount, policy);
  const afterFix = input.platform === 'linux' ? corruption : corruptionOf(input, 'enabled', policy);
  const corruptionAfterFix = Math.max(corruption, afterFix);
  const trigger = triggerOf(input, policy);
  const patch = patchOf(input, policy);
  const reach = reachOf(input, policy);
  const held =
    input.role === 'esxi-host' ? reachWeight(input.reach, input.hasTierOne, policy) : weights.roleReach[input.role];
  const impact = (at: number): number => weights.impactFloor + (1 - weights.impactFloor) * at;
  const happens = weights.corruption.now * corruption + weights.corruption.afterFix * trigger * corruptionAfterFix;
  const corruptionRisk = impact(reach) * happens;
  const patchRisk = impact(Math.max(reach, held)) * weights.patch * patch;
  const floors = floorsOf(input);
  const unfloored = 100 * anyOf(corruptionRisk, patchRisk);
  const score = Math.round(Math.max(unfloored, ...floors.map((floor) => policy.floors[floor])) * 10) / 10;
  return { score, corruption, corruptionAfterFix, trigger, patch, corruptionRisk, patchRisk, floors };
}

function corruptionOf(input: ModelInput, automount: Automount, { weights }: Policy): number {
  const parts: number[] = [];
  if (input.luns.length > 0)
    parts.push(input.platform === 'linux' ? linuxLuns(input, weights) : windowsLuns(input, automount, weights));
  if (input.mode === 'virtual-appliance')
    parts.push(input.platform === 'linux' ? linuxHotAdd(input, weights) : windowsHotAdd(input, automount, weights));
  return Math.max(weights.network, anyOf(...parts));
}

function windowsLuns(input: ModelInput, automount: Automount, weights: Policy['weights']): number {
  // Once the array refuses writes, nothing that Windows is told matters.
  if (input.luns.every((lun) => lun === 'array-read-only')) return weights.lun['array-read-only'];
  const state = Math.max(...input.luns.map((lun) => weights.lun[lun]));
  const exposed = anyOf(state, weights.sanPolicy[input.sanPolicy]);
  const mounts = weights.automount[automount];
  const part = weights.automountPart;
  return clamp(exposed * (part.base + part.span * mounts) + part.alone * mounts);
}

function windowsHotAdd(input: ModelInput, automount: Automount, { hotAdd }: Policy['weights']): number {
  return anyOf(hotAdd[automount], input.hasLeftoverDisks ? hotAdd.leftover : 0);
}

function linuxLuns(input: ModelInput, { linux }: Policy['weights']): number {
  return anyOf(
    linux.base,
    input.luns.includes('online-writable') ? linux.writable : 0,
    input.isLvmGuarded ? 0 : linux.noLvmGuard,
    input.hasMultipath ? 0 : linux.noMultipath,
    input.autoWipes ? linux.autoWipe : 0,
    input.hasForeignVolumes ? linux.foreignVolumes : 0,
  );
}

function linuxHotAdd(input: ModelInput, { linuxHotAdd: hotAdd }: Policy['weights']): number {
  return anyOf(input.isLvmGuarded ? hotAdd.guarded : hotAdd.unguarded, input.hasLeftoverDisks ? hotAdd.leftover : 0);
}

const triggerNames = [
  'failedUpdate',
  'osUpgradePending',
  'bootStoreUpdatePending',
  'autoInstall',
  'lunWriteWindow',
  'pendingReboot',
  'updatesPending',
] as const satisfies readonly Trigger[];

function triggerOf(input: ModelInput, { weights }: Policy): number {
  let none = 1;
  for (const name of triggerNames) if (input.triggers[name]) none *= 1 - weights.trigger[name];
  return 1 - none;
}

function patchOf(input: ModelInput, { weights }: Policy): number {
  const age = weights.updateAge.find(({ days }) => input.daysSinceUpdate <= days);
  return anyOf(
    weights.knownExploited[input.knownExploited],
    weights.missing[input.missing],
    age?.weight ?? 1,
    weights.osSupport[input.osSupport],
    weights.productSupport[input.productSupport],
    input.triggers.pendingReboot ? weights.rebootForPatches : 0,
  );
}

function reachOf(input: ModelInput, policy: Policy): number {
  const byLuns = input.luns.length > 0 ? reachWeight(input.reach, input.hasTierOne, policy) : 0;
  if (input.mode !== 'virtual-appliance') return byLuns;
  return Math.max(byLuns, reachWeight({ vms: input.attachedVms, datastores: 0 }, input.hasTierOne, policy));
}

function reachWeight({ vms, datastores }: Reach, hasTierOne: boolean, { weights: { reach } }: Policy): number {
  return clamp(
    (reach.vms * Math.log(1 + vms)) / Math.log(1 + reach.vmsAtFull) +
      (reach.datastores * Math.log(1 + datastores)) / Math.log(1 + reach.datastoresAtFull) +
      (hasTierOne ? reach.tierOne : 0),
  );
}

function floorsOf(input: ModelInput): Floor[] {
  const found: Floor[] = [];
  if (input.isOverwritten) found.push('F1-overwrite-evidence');
  if (input.knownExploited === 'ransomware')
    found.push(input.role === 'backup-server' ? 'F4-ransomware-exploited-backup-server' : 'F4-ransomware-exploited');
  if (input.knownExploited === 'listed') found.push('F5-exploited');
  const isExposed = input.platform === 'windows' && input.luns.some((lun) => lun !== 'array-read-only');
  if (isExposed) found.push(...guardFloors(input));
  return found;
}

function guardFloors({ luns, automount, sanPolicy, triggers }: ModelInput): Floor[] {
  const found: Floor[] = [];
  const mounts = automount === 'enabled';
  if (luns.includes('online-writable')) found.push(mounts ? 'F2-online-writable-automount' : 'F3-online-writable');
  // An online LUN has lost a guard too, even while it is read-only: it is one attribute away from F3.
  const isOnline = luns.includes('online-read-only') || luns.includes('online-writable');
  if (mounts || isOnline || sanPolicy === 'OnlineAll' || sanPolicy === 'OfflineInternal')
    found.push('F6-weak-guard-beside-luns');
  if (triggers.failedUpdate || triggers.osUpgradePending || triggers.bootStoreUpdatePending) {
    found.push('F7-trap-ahead-beside-luns');
    if (mounts || sanPolicy === 'OnlineAll') found.push('F8-trap-armed');
  }
  return found;
}
