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
  /** Likeliest exploitation (EPSS, 0..1) among what missing critical updates fix; null = nothing that has a forecast. */
  epss: number | null;
  daysSinceUpdate: number;
  osSupport: OsSupport;
  productSupport: keyof Weights['productSupport'];
  reach: Reach;
  /** VMs whose disks it may hold at once in hot-add. */
  attachedVms: number;
  hasTierOne: boolean;
  isOverwritten: boolean;
};

/** A host but for its reach. */
export type Settled = Omit<ModelInput, 'reach'>;

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
/** The largest weight of what is there; below every number where nothing is. Counted in place: it is asked dozens of times a host. */
function highest<T extends string>(found: readonly T[], weights: Readonly<Record<T, number>>): number {
  let most = Number.NEGATIVE_INFINITY;
  for (const one of found) most = Math.max(most, weights[one]);
  return most;
}
const clamp = (value: number): number => Math.max(0, Math.min(1, value));

/** The model up to the reach: worked out once for a host, and weighed again whenever a map moves its reach. */
export type Hazard = Omit<ModelResult, 'score' | 'corruptionRisk' | 'patchRisk'> & {
  /** How likely a volume is overwritten, now or by the popular fix. */
  happens: number;
  /** The highest floor that applies. */
  bound: number;
  hasLuns: boolean;
  /** What a VM of the first tier adds to the reach. */
  tierOne: number;
  /** Reach that hot-add brings by itself. */
  attached: number;
  /** Reach that the role brings where patches are concerned; null = that of the LUNs. */
  held: number | null;
};

export function model(input: ModelInput, policy: Policy): ModelResult {
  const hazard = hazardOf(input, policy);
  const { corruption, corruptionAfterFix, trigger, patch, floors } = hazard;
  const { score, corruptionRisk, patchRisk } = weigh(hazard, spreadOf(input.reach, policy), policy);
  return { score, corruption, corruptionAfterFix, trigger, patch, corruptionRisk, patchRisk, floors };
}

export function hazardOf(input: Settled, policy: Policy): Hazard {
  const { weights } = policy;
  const corruption = corruptionOf(input, input.automount, policy);
  const afterFix = input.platform === 'linux' ? corruption : corruptionOf(input, 'enabled', policy);
  const corruptionAfterFix = Math.max(corruption, afterFix);
  const trigger = triggerOf(input, policy);
  const floors = floorsOf(input);
  const tierOne = input.hasTierOne ? weights.reach.tierOne : 0;
  const attaches = input.mode === 'virtual-appliance';
  return {
    corruption,
    corruptionAfterFix,
    trigger,
    patch: patchOf(input, policy),
    happens: weights.corruption.now * corruption + weights.corruption.afterFix * trigger * corruptionAfterFix,
    floors,
    bound: highest(floors, policy.floors),
    hasLuns: input.luns.length > 0,
    tierOne,
    attached: attaches ? clamp(spreadOf({ vms: input.attachedVms, datastores: 0 }, policy) + tierOne) : 0,
    held: input.role === 'esxi-host' ? null : weights.roleReach[input.role],
  };
}

/** VMs and datastores in reach on a scale of magnitudes: about 0..1, of which `weigh` takes no more than 1. */
export function spreadOf({ vms, datastores }: Reach, { weights: { reach } }: Policy): number {
  return (
    magnitude(vms, { weight: reach.vms, atFull: reach.vmsAtFull }) +
    magnitude(datastores, { weight: reach.datastores, atFull: reach.datastoresAtFull })
  );
}

const impact = (reach: number, { impactFloor }: Policy['weights']): number => impactFloor + (1 - impactFloor) * reach;

/** What a site gives no weight has none, be it without end. */
const magnitude = (count: number, { weight, atFull }: { weight: number; atFull: number }): number =>
  weight === 0 ? 0 : (weight * Math.log(1 + count)) / Math.log(1 + atFull);

type Weighed = Pick<ModelResult, 'score' | 'corruptionRisk' | 'patchRisk'>;

/** @param spread of what is in reach through the LUNs, see `spreadOf` */
export function weigh(hazard: Hazard, spread: number, { weights }: Policy): Weighed {
  const inReach = clamp(spread + hazard.tierOne);
  const reach = Math.max(hazard.hasLuns ? inReach : 0, hazard.attached);
  const corruptionRisk = impact(reach, weights) * hazard.happens;
  const patchRisk = impact(Math.max(reach, hazard.held ?? inReach), weights) * weights.patch * hazard.patch;
  const either = 1 - (1 - corruptionRisk) * (1 - patchRisk);
  const score = Math.round(Math.max(100 * either, hazard.bound) * 10) / 10;
  return { score, corruptionRisk, patchRisk };
}

function corruptionOf(input: Settled, automount: Automount, { weights }: Policy): number {
  const isLinux = input.platform === 'linux';
  const sees = input.luns.length > 0;
  const attaches = input.mode === 'virtual-appliance';
  const luns = !sees ? 0 : isLinux ? linuxLuns(input, weights) : windowsLuns(input, automount, weights);
  const hotAdd = !attaches ? 0 : isLinux ? linuxHotAdd(input, weights) : windowsHotAdd(input, automount, weights);
  return Math.max(weights.network, anyOf(luns, hotAdd));
}

function windowsLuns(input: Settled, automount: Automount, weights: Policy['weights']): number {
  // Once the array refuses writes, nothing that Windows is told matters.
  if (input.luns.every((lun) => lun === 'array-read-only')) return weights.lun['array-read-only'];
  const exposed = anyOf(highest(input.luns, weights.lun), weights.sanPolicy[input.sanPolicy]);
  const mounts = weights.automount[automount];
  const part = weights.automountPart;
  return clamp(exposed * (part.base + part.span * mounts) + part.alone * mounts);
}

function windowsHotAdd(input: Settled, automount: Automount, { hotAdd }: Policy['weights']): number {
  return anyOf(hotAdd[automount], input.hasLeftoverDisks ? hotAdd.leftover : 0);
}

function linuxLuns(input: Settled, { linux }: Policy['weights']): number {
  return anyOf(
    linux.base,
    input.luns.includes('online-writable') ? linux.writable : 0,
    input.isLvmGuarded ? 0 : linux.noLvmGuard,
    input.hasMultipath ? 0 : linux.noMultipath,
    input.autoWipes ? linux.autoWipe : 0,
    input.hasForeignVolumes ? linux.foreignVolumes : 0,
  );
}

function linuxHotAdd(input: Settled, { linuxHotAdd: hotAdd }: Policy['weights']): number {
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

function triggerOf(input: Settled, { weights }: Policy): number {
  let none = 1;
  for (const name of triggerNames) if (input.triggers[name]) none *= 1 - weights.trigger[name];
  return 1 - none;
}

function patchOf(input: Settled, { weights }: Policy): number {
  const age = weights.updateAge.find(({ days }) => input.daysSinceUpdate <= days);
  return anyOf(
    // The larger of both: what was likely and becomes a fact never weighs less for it.
    Math.max(weights.knownExploited[input.knownExploited], likelihoodOf(input, weights)),
    weights.missing[input.missing],
    age?.weight ?? 1,
    weights.osSupport[input.osSupport],
    weights.productSupport[input.productSupport],
    input.triggers.pendingReboot ? weights.rebootForPatches : 0,
  );
}

const likelihoodOf = ({ epss }: Pick<ModelInput, 'epss'>, { likelihood }: Policy['weights']): number =>
  epss === null ? 0 : likelihood.base + likelihood.span * epss;

function floorsOf(input: Settled): Floor[] {
  const found: Floor[] = [];
  if (input.isOverwritten) found.push('F1-overwrite-evidence');
  if (input.knownExploited === 'ransomware')
    found.push(input.role === 'backup-server' ? 'F4-ransomware-exploited-backup-server' : 'F4-ransomware-exploited');
  if (input.knownExploited === 'listed') found.push('F5-exploited');
  const isExposed = input.platform === 'windows' && input.luns.some((lun) => lun !== 'array-read-only');
  if (isExposed) found.push(...guardFloors(input));
  return found;
}

/** Windows brings a new SAN disk online under either. */
export const isWeakPolicy = (policy: SanPolicy): boolean => policy === 'OnlineAll' || policy === 'OfflineInternal';

function guardFloors({ luns, automount, sanPolicy, triggers }: Settled): Floor[] {
  const found: Floor[] = [];
  const mounts = automount === 'enabled';
  if (luns.includes('online-writable')) found.push(mounts ? 'F2-online-writable-automount' : 'F3-online-writable');
  // An online LUN has lost a guard too, even while it is read-only: it is one attribute away from F3.
  const isOnline = luns.includes('online-read-only') || luns.includes('online-writable');
  if (mounts || isOnline || isWeakPolicy(sanPolicy)) found.push('F6-weak-guard-beside-luns');
  if (triggers.failedUpdate || triggers.osUpgradePending || triggers.bootStoreUpdatePending) {
    found.push('F7-trap-ahead-beside-luns');
    if (mounts || sanPolicy === 'OnlineAll') found.push('F8-trap-armed');
  }
  return found;
}
