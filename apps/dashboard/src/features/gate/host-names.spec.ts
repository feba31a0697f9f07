// @vitest-environment node
import { expect, it } from 'vitest';
import { idOf, sampleHost } from '../../testing/sample-host.js';
import { hostsNamed } from './host-names.js';

it('finds hosts by name in any case and separator, and names those that it does not know', () => {
  const hosts = [sampleHost(1), sampleHost(2), sampleHost(3, { hostname: 'ams-pxy-02' })];
  expect(hostsNamed('AMS-PXY-01,\nams-pxy-02; ams-pxy-01 nobody', hosts)).toEqual({
    ids: [idOf(1), idOf(2), idOf(3)],
    unknown: ['nobody'],
  });
  expect(hostsNamed(' \n ', hosts)).toEqual({ ids: [], unknown: [] });
});
