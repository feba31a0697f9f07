import type { LunMap } from '@lunwarden/contract';
import { describe, expect, it } from 'vitest';
import { admit } from './admission.js';

const host = (n: number): LunMap['hosts'][number] => ({
  id: `host-${n}`,
  name: `esx${n}`,
  cluster: null,
  datacenter: null,
  connectionState: 'connected',
  inMaintenanceMode: false,
  version: null,
  build: null,
  hardwareUuid: null,
});

const vm = (n: number): LunMap['vms'][number] => ({
  id: `vm-${n}`,
  name: `vm${n}`,
  host: null,
  datastores: [],
  instanceUuid: null,
  biosUuid: null,
  isTemplate: false,
  changeVersion: null,
});

const mapOf = (hosts: number, changes: Partial<LunMap> = {}): LunMap => ({
  vcenterUuid: 'a',
  apiVersion: '8.0.3.0',
  build: '1',
  collectedAt: '2026-11-22T19:00:00.000Z',
  durationMs: 1,
  complete: true,
  counts: {
    datastores: { expected: 0, got: 0 },
    hosts: { expected: hosts, got: hosts },
    vms: { expected: 0, got: 0 },
  },
  gaps: [],
  datastores: [],
  hosts: Array.from({ length: hosts }, (_, at) => host(at)),
  vms: [],
  ...changes,
});
const inForce = (hosts: number, datastores = 0, vms = 0) => ({
  instanceUuid: 'a',
  collectedAt: '2026-11-22T18:00:00.000Z',
  hosts,
  datastores,
  vms,
});

describe('a map', () => {
  it.each([
    [10, 10],
    [10, 9],
    [10, 12],
    [1, 1],
    [1000, 900],
  ])('may take the place of one with %i hosts when it shows %i', (before, now) => {
    expect(admit(mapOf(now), inForce(before)).kind).toBe('in-force');
  });

  it.each([
    [10, 8],
    [1000, 899],
    [1, 0],
  ])('must be confirmed when of %i hosts it shows %i', (before, now) => {
    expect(admit(mapOf(now), inForce(before)).kind).toBe('needs-confirmation');
  });

  it.each([
    ['every VM', 0, 200],
    ['its only VM', 0, 1],
    ['every datastore', 40, 0],
  ])('must be confirmed when it lost %s', (_, datastores, vms) => {
    const losses = { ...(datastores > 0 && { datastores: 0 }), ...(vms > 0 && { vms: 0 }) };
    expect(admit(mapOf(10), inForce(10, datastores, vms))).toMatchObject({ code: 'objects_missing', losses });
    expect(admit(mapOf(10), inForce(10, datastores, vms), { hosts: 10 }).kind).toBe('needs-confirmation');
    expect(admit(mapOf(10), inForce(10, datastores, vms), losses).kind).toBe('in-force');
  });

  it('may lose a few VMs between two readings', () => {
    const vms = { expected: 16, got: 16 };
    const map = mapOf(10, { counts: { ...mapOf(10).counts, vms }, vms: Array.from({ length: 16 }, (_, n) => vm(n)) });
    expect(admit(map, inForce(10, 0, 20)).kind).toBe('in-force');
    expect(admit(map, inForce(10, 0, 22)).kind).toBe('needs-confirmation');
  });

  it('must be confirmed when another vCenter answers, and no word of a person makes it that of before', () => {
    for (const confirmed of [{}, { hosts: 0, datastores: 0, vms: 0 }, { hosts: 10 }])
      expect(admit(mapOf(10, { vcenterUuid: 'b' }), inForce(10), confirmed)).toMatchObject({
        code: 'other_vcenter',
        losses: null,
      });
  });

  it('that a person confirmed is in force, unless it shows fewer hosts than were confirmed', () => {
    expect(admit(mapOf(4), inForce(10), { hosts: 4 }).kind).toBe('in-force');
    expect(admit(mapOf(5), inForce(10), { hosts: 4 }).kind).toBe('in-force');
    expect(admit(mapOf(3), inForce(10), { hosts: 4 })).toMatchObject({ code: 'objects_missing', losses: { hosts: 3 } });
    expect(admit(mapOf(4, { complete: false }), inForce(10), { hosts: 4 }).kind).toBe('incomplete');
  });

  it('is held back for what nobody spoke of, whatever else a person confirmed', () => {
    const before = inForce(10, 40, 200);
    const losses = { hosts: 4, datastores: 0, vms: 0 };
    expect(admit(mapOf(4), before)).toMatchObject({ losses, reason: expect.stringContaining('0 VMs instead of 200') });
    for (const kind of ['hosts', 'datastores', 'vms'] as const) {
      const { [kind]: _unsaid, ...said } = losses;
      expect(admit(mapOf(4), before, said)).toMatchObject({ kind: 'needs-confirmation', losses });
    }
    expect(admit(mapOf(4), before, losses).kind).toBe('in-force');
  });

  it('is in force as the first one, unless the account sees nothing', () => {
    expect(admit(mapOf(1), null).kind).toBe('in-force');
    expect(admit(mapOf(0), null)).toMatchObject({ kind: 'needs-confirmation', losses: { hosts: 0 } });
    expect(admit(mapOf(0), null, { hosts: 0 }).kind).toBe('in-force');
  });

  it.each<[string, Partial<LunMap>]>([
    ['says so', { complete: false }],
    ['has a gap', { gaps: [{ object: 'host-1', path: 'name', reason: 'NoPermission' }] }],
    ['lost a VM', { counts: { ...mapOf(10).counts, vms: { expected: 1, got: 0 } } }],
    ['brings fewer hosts than it counts', { hosts: [] }],
  ])('is incomplete when it %s, also as the first one', (_, changes) => {
    for (const before of [null, inForce(10)]) expect(admit(mapOf(10, changes), before).kind).toBe('incomplete');
  });
});
