import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ModelInput, model, type Trigger } from './model.js';
import { defaultPolicy } from './policy.js';

/** The unit run takes 20,000; `FC_NUM_RUNS=200000` takes as many as one has patience for. */
const numRuns = Number(process.env.FC_NUM_RUNS ?? 20_000);

const states = [
  'array-read-only',
  'offline-read-only',
  'offline-writable',
  'online-read-only',
  'online-writable',
] as const;
const policies = ['OfflineAll', 'OfflineShared', 'OfflineInternal', 'OnlineAll'] as const;
const automounts = ['disabled-scrubbed', 'disabled', 'enabled'] as const;
const missing = ['none', 'low', 'moderate', 'unspecified', 'important', 'critical'] as const;
const exploited = ['none', 'listed', 'ransomware'] as const;
const supports = ['supported', 'ending', 'ended'] as const;
const products = ['supported', 'end-of-fix', 'ended'] as const;
const triggers: Trigger[] = [
  'failedUpdate',
  'osUpgradePending',
  'bootStoreUpdatePending',
  'autoInstall',
  'lunWriteWindow',
  'pendingReboot',
  'updatesPending',
];
const often = fc.integer({ min: 0, max: 3 }).map((draw) => draw === 0);

const hosts: fc.Arbitrary<ModelInput> = fc.record({
  platform: fc.constantFrom('windows', 'windows', 'windows', 'linux'),
  role: fc.constantFrom('proxy', 'backup-server'),
  mode: fc.constantFrom('direct-san', 'virtual-appliance', 'network'),
  luns: fc.array(fc.constantFrom(...states), { maxLength: 3 }),
  sanPolicy: fc.constantFrom(...policies),
  automount: fc.constantFrom(...automounts),
  isLvmGuarded: fc.boolean(),
  hasMultipath: fc.boolean(),
  autoWipes: often,
  hasForeignVolumes: often,
  hasLeftoverDisks: often,
  triggers: fc.record({
    failedUpdate: often,
    osUpgradePending: often,
    bootStoreUpdatePending: often,
    autoInstall: often,
    lunWriteWindow: often,
    pendingReboot: often,
    updatesPending: often,
  }),
  missing: fc.constantFrom(...missing),
  knownExploited: fc.constantFrom('none', 'none', ...exploited),
  epss: fc.constantFrom(null, 0, 0.3, 0.97),
  daysSinceUpdate: fc.constantFrom(1, 40, 80, 200, 500),
  osSupport: fc.constantFrom(...supports),
  productSupport: fc.constantFrom(...products),
  reach: fc.record({
    vms: fc.constantFrom(0, 5, 50, 500, 5000, Number.POSITIVE_INFINITY),
    datastores: fc.constantFrom(0, 1, 8, 64),
  }),
  attachedVms: fc.constantFrom(1, 4, 16),
  hasTierOne: fc.boolean(),
  isOverwritten: often,
});

const worse = <T>(scale: readonly T[], value: T): T =>
  scale[Math.min(scale.length - 1, scale.indexOf(value) + 1)] ?? value;

/** Each makes exactly one signal worse. */
const operators: Record<string, (host: ModelInput) => ModelInput> = {
  'a LUN is nearer to a write': (host) => ({
    ...host,
    luns: host.luns.map((lun, at) => (at === 0 ? worse(states, lun) : lun)),
  }),
  'one more LUN, read-only at the array': (host) => ({ ...host, luns: [...host.luns, 'array-read-only'] }),
  'one more LUN, writable': (host) => ({ ...host, luns: [...host.luns, 'online-writable'] }),
  'SAN policy': (host) => ({ ...host, sanPolicy: worse(policies, host.sanPolicy) }),
  automount: (host) => ({ ...host, automount: worse(automounts, host.automount) }),
  'severity of missing updates': (host) => ({ ...host, missing: worse(missing, host.missing) }),
  'known to be exploited': (host) => ({ ...host, knownExploited: worse(exploited, host.knownExploited) }),
  'likelier to be exploited': (host) => ({ ...host, epss: Math.min(1, (host.epss ?? 0) + 0.3) }),
  'support of the system': (host) => ({ ...host, osSupport: worse(supports, host.osSupport) }),
  'support of the product': (host) => ({ ...host, productSupport: worse(products, host.productSupport) }),
  'older updates': (host) => ({ ...host, daysSinceUpdate: host.daysSinceUpdate + 60 }),
  'more VMs': (host) => ({ ...host, reach: { ...host.reach, vms: host.reach.vms * 10 + 5 } }),
  'more datastores': (host) => ({ ...host, reach: { ...host.reach, datastores: host.reach.datastores + 5 } }),
  'a tier-one VM': (host) => ({ ...host, hasTierOne: true }),
  'more tasks': (host) => ({ ...host, attachedVms: host.attachedVms * 4 }),
  'leftover disks': (host) => ({ ...host, hasLeftoverDisks: true }),
  'auto-wipe': (host) => ({ ...host, autoWipes: true }),
  'foreign volumes': (host) => ({ ...host, hasForeignVolumes: true }),
  'no LVM guard': (host) => ({ ...host, isLvmGuarded: false }),
  'no multipath': (host) => ({ ...host, hasMultipath: false }),
  'overwrite evidence': (host) => ({ ...host, isOverwritten: true }),
  'role of the host': (host) => ({ ...host, role: 'backup-server' }),
  'hot-add': (host) => ({ ...host, mode: 'virtual-appliance' }),
  ...Object.fromEntries(
    triggers.map((name) => [
      `trigger ${name}`,
      (host: ModelInput): ModelInput => ({ ...host, triggers: { ...host.triggers, [name]: true } }),
    ]),
  ),
};

const score = (host: ModelInput): number => model(host, defaultPolicy).score;

describe('the model', () => {
  it('never scores a host lower because one signal became worse', { timeout: 300_000 }, () => {
    const names = Object.keys(operators);
    let moved = 0;
    fc.assert(
      fc.property(hosts, fc.constantFrom(...names), (host, name) => {
        const after = score(operators[name]!(host));
        const before = score(host);
        if (after > before) moved++;
        return after >= before;
      }),
      { numRuns },
    );
    // Guards against a generator whose operators change nothing.
    expect(moved).toBeGreaterThan(numRuns * 0.1);
  });

  it('keeps every score within 0..100, whatever the reach', () => {
    fc.assert(
      fc.property(hosts, (host) => {
        const { score: value, ...parts } = model(host, defaultPolicy);
        return value >= 0 && value <= 100 && parts.corruption <= 1 && parts.patch <= 1;
      }),
    );
  });

  it('does not care about the order or the number of equal LUNs', () => {
    fc.assert(
      fc.property(hosts, (host) => {
        const turned = { ...host, luns: [...host.luns, ...host.luns].reverse() };
        expect(model(turned, defaultPolicy)).toEqual(model(host, defaultPolicy));
      }),
    );
  });

  it('names every floor that it stands on', () => {
    fc.assert(
      fc.property(hosts, (host) => {
        const result = model(host, defaultPolicy);
        const bound = Math.max(0, ...result.floors.map((floor) => defaultPolicy.floors[floor]));
        const free = 100 * (1 - (1 - result.corruptionRisk) * (1 - result.patchRisk));
        expect(result.score).toBeCloseTo(Math.max(bound, free), 0);
        if (result.score > free + 0.1) expect(result.floors.length).toBeGreaterThan(0);
      }),
    );
  });
});
