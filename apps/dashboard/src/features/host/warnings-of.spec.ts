// @vitest-environment node
import { expect, it } from 'vitest';
import { sampleHost } from '../../testing/sample-host.js';
import { warningsOf } from './warnings-of.js';

const texts = (...args: Parameters<typeof warningsOf>) => warningsOf(...args).map(({ text }) => text);

it('says above all else that a safe policy did not take three LUNs offline', () => {
  const host = sampleHost(7, { sanPolicy: 'OfflineShared', writableLuns: 3 });
  expect(texts(host, false)[0]).toBe(
    'Policy says OfflineShared, but 3 VMFS LUNs are online and writable. Do not patch or reboot ams-pxy-07 before they are offline.',
  );
});

it('has nothing to warn of where policy and disks agree', () => {
  expect(texts(sampleHost(1), false)).toEqual([]);
});

it('never keeps silent about a host that nobody can read', () => {
  expect(texts(sampleHost(1), true)).toHaveLength(1);
  expect(texts(sampleHost(1, { writableLuns: null, vmfsLuns: null }), false)).toHaveLength(1);
  for (const state of ['silent', 'stale', 'never-reported', 'identity-conflict'] as const) {
    expect(texts(sampleHost(1, { state }), false)).toHaveLength(1);
  }
});
