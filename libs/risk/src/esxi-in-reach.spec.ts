import { expect, it } from 'vitest';
import type { Facts } from './facts.js';
import { beside, findingOf } from './testing/cases.js';
import { esxi, host, now } from './testing/products.js';

const rules = ['esxi-below-fixed-build', 'esxi-support-ended'];
const verdictsOf = (facts: typeof host, around: Partial<Facts>) =>
  rules.map((rule) => findingOf(rule, facts, around)?.verdict);
/** One vCenter told its map, without the LUN in sight; the other never did. */
const halfMapped: Partial<Facts> = {
  map: {
    vcenters: [
      { name: 'told', collectedAt: now, gaps: [] },
      { name: 'silent', collectedAt: null, gaps: [] },
    ],
    datastores: [],
  },
};

it('finds every ESXi host well only where the maps know every LUN in sight', () => {
  expect(verdictsOf(beside(), esxi({}))).toEqual(['safe', 'safe']);
  expect(verdictsOf(beside(), { ...esxi({}), ...halfMapped })).toEqual(['unknown', 'unknown']);
});

it('never takes hosts that nobody has told of for none', () => {
  expect(verdictsOf(beside(), { ...esxi(null), ...halfMapped })).toEqual(['unknown', 'unknown']);
  expect(verdictsOf(host, esxi(null))).toEqual(['not-applicable', 'not-applicable']);
});

it('says what is bad of the hosts that are known, whatever is not', () => {
  const old = esxi({ version: '7.0.3', build: 1 });
  expect(verdictsOf(beside(), { ...old, ...halfMapped })).toEqual(['at-risk', 'at-risk']);
});

it('does not know which host runs a VM that no vCenter, or more than one, claims', () => {
  const { inventory, ...around } = esxi({});
  const machine = { value: { isVirtual: true, vendor: 'VMware, Inc.', model: 'VMware20,1', biosUuid: null } };
  const lost = inventory && { inventory: { ...inventory, proxyVm: { unknown: 'conflict' } as const } };
  expect(verdictsOf({ ...host, machine }, { ...around, ...lost })).toEqual(['unknown', 'unknown']);
});
