import { defaultPolicy, type Policy } from './policy.js';

/** Constants by their path in the policy, e.g. `weights.trigger.pendingReboot`. */
export type PolicyOverrides = Readonly<Record<string, number>>;
export type PolicyBound = { path: string; value: number; min: number; max: number };
export type PolicyProblem = { path: string; problem: string };

/** Levels may move this far from ours; a floor may be raised to the top and lowered no further than this. */
const leeway = 10;
const minute = 60_000;

/** Every constant that a site may override, its value here and its bounds. Freshness may only be shortened: what is old must not look new. */
export const policyBounds: readonly PolicyBound[] = [
  ...numbersOf('weights', defaultPolicy.weights)
    .filter(({ path }) => !path.startsWith('weights.updateAge.') && !path.endsWith('AtFull'))
    .map((one) => ({ ...one, min: 0, max: 1 })),
  ...numbersOf('weights.updateAge', defaultPolicy.weights.updateAge)
    .filter(({ path }) => path.endsWith('.weight'))
    .map((one) => ({ ...one, min: 0, max: 1 })),
  { path: 'weights.reach.vmsAtFull', value: defaultPolicy.weights.reach.vmsAtFull, min: 10, max: 100_000 },
  { path: 'weights.reach.datastoresAtFull', value: defaultPolicy.weights.reach.datastoresAtFull, min: 2, max: 4096 },
  ...numbersOf('floors', defaultPolicy.floors).map((one) => ({ ...one, min: one.value - leeway, max: 100 })),
  ...numbersOf('levelBounds', defaultPolicy.levelBounds).map((one) => ({
    ...one,
    min: one.value - leeway,
    max: one.value + leeway,
  })),
  ...numbersOf('patchBounds', defaultPolicy.patchBounds).map((one) => ({ ...one, min: 0.01, max: 0.99 })),
  ...numbersOf('freshness', defaultPolicy.freshness)
    .filter(({ path }) => path !== 'freshness.skewMs')
    .map((one) => ({ ...one, min: minute, max: one.value })),
  { path: 'osSupport.endingDays', value: defaultPolicy.osSupport.endingDays, min: 0, max: 730 },
  { path: 'hotAddTasks', value: defaultPolicy.hotAddTasks, min: 1, max: 100 },
];

/** Lists whose order is a law: a worse state may never weigh less than a better one. */
const orders: readonly (readonly string[])[] = [
  ['array-read-only', 'offline-read-only', 'offline-writable', 'online-read-only', 'online-writable'].map(
    (name) => `weights.lun.${name}`,
  ),
  ['OfflineAll', 'OfflineShared', 'OfflineInternal', 'OnlineAll'].map((name) => `weights.sanPolicy.${name}`),
  ['disabled-scrubbed', 'disabled', 'enabled'].map((name) => `weights.automount.${name}`),
  ['disabled-scrubbed', 'disabled', 'enabled'].map((name) => `weights.hotAdd.${name}`),
  ['guarded', 'unguarded'].map((name) => `weights.linuxHotAdd.${name}`),
  ['none', 'listed', 'ransomware'].map((name) => `weights.knownExploited.${name}`),
  ['none', 'low', 'moderate', 'unspecified', 'important', 'critical'].map((name) => `weights.missing.${name}`),
  ['supported', 'ending', 'ended'].map((name) => `weights.osSupport.${name}`),
  ['supported', 'end-of-fix', 'ended'].map((name) => `weights.productSupport.${name}`),
  defaultPolicy.weights.updateAge.map((_row, at) => `weights.updateAge.${at}.weight`),
  ['low', 'medium', 'high', 'critical'].map((name) => `levelBounds.${name}`),
  ['low', 'medium', 'high'].map((name) => `patchBounds.${name}`),
  ['F3-online-writable', 'F2-online-writable-automount', 'F1-overwrite-evidence'].map((name) => `floors.${name}`),
  ['F6-weak-guard-beside-luns', 'F3-online-writable'].map((name) => `floors.${name}`),
  ['F7-trap-ahead-beside-luns', 'F8-trap-armed'].map((name) => `floors.${name}`),
  ['F5-exploited', 'F4-ransomware-exploited', 'F4-ransomware-exploited-backup-server'].map((name) => `floors.${name}`),
];

/** The policy of a site, with a version of its own; or every reason why these overrides are none. */
export function policyWith(overrides: PolicyOverrides): { policy: Policy } | { problems: PolicyProblem[] } {
  const problems = [...outOfBounds(overrides), ...outOfOrder(overrides)];
  if (problems.length > 0) return { problems };
  if (Object.keys(overrides).length === 0) return { policy: defaultPolicy };
  const { weights, floors, levelBounds, patchBounds, freshness, osSupport, hotAddTasks } = defaultPolicy;
  return {
    policy: {
      ...defaultPolicy,
      version: `${defaultPolicy.version}+${fingerprint(overrides)}`,
      weights: replaced('weights', weights, overrides),
      floors: replaced('floors', floors, overrides),
      levelBounds: replaced('levelBounds', levelBounds, overrides),
      patchBounds: replaced('patchBounds', patchBounds, overrides),
      freshness: replaced('freshness', freshness, overrides),
      osSupport: { ...osSupport, endingDays: overrides['osSupport.endingDays'] ?? osSupport.endingDays },
      hotAddTasks: overrides.hotAddTasks ?? hotAddTasks,
    },
  };
}

function outOfBounds(overrides: PolicyOverrides): PolicyProblem[] {
  const bounds = new Map(policyBounds.map((bound) => [bound.path, bound]));
  return Object.entries(overrides).flatMap(([path, value]) => {
    const bound = bounds.get(path);
    if (bound === undefined) return [{ path, problem: 'is no constant that a site may override' }];
    // Also refuses NaN, which is within nothing.
    return value >= bound.min && value <= bound.max
      ? []
      : [{ path, problem: `is ${value}, must be ${bound.min} to ${bound.max}` }];
  });
}

function outOfOrder(overrides: PolicyOverrides): PolicyProblem[] {
  const known = new Map(policyBounds.map(({ path, value }) => [path, value]));
  const valueAt = (path: string): number => overrides[path] ?? known.get(path) ?? 0;
  return orders.flatMap((order) =>
    order.slice(1).flatMap((path, at) => {
      const before = order[at] ?? path;
      return valueAt(path) >= valueAt(before)
        ? []
        : [{ path, problem: `is less than ${before}, which is the better state` }];
    }),
  );
}

function numbersOf(path: string, tree: unknown): { path: string; value: number }[] {
  if (typeof tree === 'number') return [{ path, value: tree }];
  if (typeof tree !== 'object' || tree === null) return [];
  return Object.entries(tree).flatMap(([name, branch]) => numbersOf(`${path}.${name}`, branch));
}

/** The same tree with the numbers at these paths replaced; shapes never change. */
function replaced<T extends object>(path: string, tree: T, overrides: PolicyOverrides): T {
  const copy: T = Array.isArray(tree) ? Object.assign([], tree) : { ...tree };
  for (const [name, branch] of Object.entries(tree)) {
    const here = `${path}.${name}`;
    if (typeof branch === 'object' && branch !== null) Reflect.set(copy, name, replaced(here, branch, overrides));
    else if (overrides[here] !== undefined) Reflect.set(copy, name, overrides[here]);
  }
  return copy;
}

/** FNV-1a over the sorted overrides: the same constants have the same version wherever they were set. */
function fingerprint(overrides: PolicyOverrides): string {
  const text = Object.entries(overrides)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, value]) => `${path}=${value}`)
    .join(';');
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}
