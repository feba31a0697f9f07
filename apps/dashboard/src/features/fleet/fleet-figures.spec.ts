// @vitest-environment node
import { levels, patchExposures, transportModes } from '@lunwarden/contract';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sampleHost } from '../../testing/sample-host.js';
import { countLevels, datastoresAtRisk, matrixOf, verdictOf } from './fleet-figures.js';

const fleet = fc
  .array(
    fc.record({
      level: fc.constantFrom(...levels),
      mode: fc.constantFrom(...transportModes, 'unknown' as const),
      patch: fc.constantFrom(...patchExposures),
    }),
  )
  .map((hosts) => hosts.map((host, n) => sampleHost(n, host)));

it('never calls a fleet ready that holds one host of critical, high or unknown risk', () => {
  fc.assert(
    fc.property(fleet, (hosts) => {
      const isUnsafe = hosts.some(({ level }) => level === 'critical' || level === 'high' || level === 'unknown');
      expect(verdictOf(hosts, []).word === 'READY').toBe(hosts.length > 0 && !isUnsafe);
    }),
  );
});

it('is unknown, not ready, while nobody reported', () => {
  expect(verdictOf([], [])).toMatchObject({ word: 'UNKNOWN', level: 'unknown' });
  expect(verdictOf([sampleHost(1), sampleHost(2, { level: 'unknown' })], [])).toMatchObject({ word: 'UNKNOWN' });
});

it('is unknown, not ready, while a part of the picture is missing', () => {
  const ready = [sampleHost(1, { level: 'minimal' })];
  expect(verdictOf(ready, [])).toMatchObject({ word: 'READY' });
  expect(verdictOf(ready, ['The map of vCenter a is older than two hours.'])).toMatchObject({ word: 'UNKNOWN' });
});

it('shows each host in one cell of the matrix, and each cell as bad as its worst host', () => {
  fc.assert(
    fc.property(fleet, (hosts) => {
      const cells = matrixOf(hosts);
      expect([...cells.values()].reduce((sum, cell) => sum + cell.hosts, 0)).toBe(hosts.length);
      for (const host of hosts) {
        const worst = cells.get(`${host.mode}/${host.patch}`)?.worst ?? 'minimal';
        expect(levels.indexOf(worst)).toBeLessThanOrEqual(levels.indexOf(host.level));
      }
    }),
  );
});

it('counts every host once, under its level', () => {
  fc.assert(
    fc.property(fleet, (hosts) => {
      const counts = countLevels(hosts);
      expect(Object.values(counts).reduce((a, b) => a + b, 0)).toBe(hosts.length);
    }),
  );
});

it('counts a datastore once, and only if an unsafe host reaches it', () => {
  const hosts = [
    sampleHost(1, { level: 'critical', datastoreIds: ['a', 'b'] }),
    sampleHost(2, { level: 'unknown', datastoreIds: ['b'] }),
    sampleHost(3, { level: 'low', datastoreIds: ['c'] }),
  ];
  expect(datastoresAtRisk(hosts)).toBe(2);
});
