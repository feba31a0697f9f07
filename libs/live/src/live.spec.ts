import type { Change, HostSummary, LiveFrame, VcenterStatus } from '@lunwarden/contract';
import { Change as ChangeSchema, levels } from '@lunwarden/contract';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyChange, applyFrame, coalesce, differencesOf, diffFleet, type Fleet, fleetOf, type Gap } from './index.js';

const at = '2026-11-22T07:00:00.000Z';
const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
// Without a prototype they would differ from parsed JSON.
const record = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record<T>(model, { noNullPrototype: true });
const instant = fc.integer({ min: 0, max: 5 }).map((hour) => `2026-11-22T0${hour}:00:00.000Z`);

const host = (n: number): fc.Arbitrary<HostSummary> =>
  record({
    hostId: fc.constant(idOf(n)),
    hostname: fc.constant(`proxy-${n}`),
    platform: fc.constantFrom('windows', 'linux'),
    os: fc.constant('Windows Server 2012 R2'),
    level: fc.constantFrom(...levels),
    score: fc.integer({ min: 0, max: 100 }),
    low: fc.constant(0),
    completeness: fc.constant(1),
    mode: fc.constantFrom('direct-san', 'unknown'),
    modeEvidence: fc.constant('configured'),
    patch: fc.constant('low'),
    automount: fc.constantFrom('enabled', 'disabled', 'unknown'),
    sanPolicy: fc.constant('OfflineShared'),
    vmfsLuns: fc.option(fc.nat(3)),
    writableLuns: fc.option(fc.nat(3)),
    datastoreIds: fc.array(fc.constantFrom('ds-1', 'ds-2'), { maxLength: 2 }),
    vms: fc.nat(9),
    blastIsComplete: fc.boolean(),
    topReason: fc.option(fc.constant('Automount is enabled')),
    observedAt: fc.option(instant),
    lastReportAt: fc.option(instant),
    validUntil: instant,
    validity: fc.constant({ reportMs: 10_800_000, mapUntil: null, calendarUntil: null }),
    state: fc.constantFrom('reporting', 'silent'),
  });

const vcenter = (n: number): fc.Arbitrary<VcenterStatus> =>
  record({
    id: fc.constant(idOf(n)),
    name: fc.constant(`vc-${n}`),
    url: fc.constant('https://vc.example'),
    state: fc.constantFrom('ok', 'incomplete', 'failed'),
    mapCollectedAt: fc.option(instant),
    lastAttemptAt: fc.option(instant),
    lastError: fc.constant(null),
    gaps: fc.nat(2),
    datastores: fc.nat(2),
    hosts: fc.nat(2),
    vms: fc.nat(2),
  });

const someOf = <T>(make: (n: number) => fc.Arbitrary<T>) =>
  fc.subarray([1, 2, 3, 4]).chain((numbers) => fc.tuple(...numbers.map(make)));

const fleet: fc.Arbitrary<Fleet> = record({
  seq: fc.nat(1000),
  hosts: someOf(host),
  vcenters: someOf(vcenter),
  vmsAtRisk: record({ count: fc.nat(3), isComplete: fc.boolean() }),
}).map(fleetOf);
/** A fleet and what became of it, step by step. */
const lives = fc.tuple(fleet, fc.array(fleet, { maxLength: 4 }));

const applied = (fleetBefore: Fleet, changes: Change[]): Fleet =>
  changes.reduce<Fleet | Gap>((now, change) => (now === 'gap' ? now : applyChange(now, change)), fleetBefore) as Fleet;

function changesOf(first: Fleet, others: Fleet[]): Change[] {
  const changes: Change[] = [];
  let now = first;
  for (const next of others) {
    const step = diffFleet(now, next, at);
    changes.push(...step);
    now = applied(now, step);
  }
  return changes;
}

it('says the differences that turn one fleet into the other, and no more', () => {
  fc.assert(
    fc.property(fleet, fleet, (before, after) => {
      const changes = diffFleet(before, after, at);
      const seq = before.seq + changes.length;
      expect(applied(before, changes)).toEqual({ ...after, seq, toldIn: expect.anything() });
      for (const change of changes) expect(ChangeSchema.parse(change)).toEqual(change);
      // Nothing superfluous: without any one of them the fleets still differ.
      for (const left of changes) {
        const others = changes.filter((change) => change !== left);
        const renumbered = others.map((change, index) => ({ ...change, seq: before.seq + 1 + index }));
        const untimed = { seq: 0, toldIn: new Map() };
        expect({ ...applied(before, renumbered), ...untimed }).not.toEqual({ ...after, ...untimed });
      }
    }),
  );
});

it('is silent about a fleet that did not change, also when a database shuffled the keys', () => {
  fc.assert(
    fc.property(fleet, (before) => {
      const shuffled = (host: HostSummary) => Object.fromEntries(Object.entries(host).reverse()) as HostSummary;
      const after = { ...before, hosts: new Map([...before.hosts].map(([id, host]) => [id, shuffled(host)])) };
      expect(diffFleet(before, after, at)).toEqual([]);
      expect(differencesOf(before, after, at)).toEqual([]);
    }),
  );
});

it('refuses to apply a change that follows a hole', () => {
  fc.assert(
    fc.property(lives, fc.nat(), ([first, others], pick) => {
      const changes = changesOf(first, others);
      fc.pre(changes.length > 1);
      const missing = pick % (changes.length - 1);
      const next = changes[missing + 1] as Change;
      expect(applyChange(applied(first, changes.slice(0, missing)), next)).toBe('gap');
    }),
  );
});

it('shows the same fleet after one coalesced frame as after the changes one by one', () => {
  fc.assert(
    fc.property(lives, ([first, others]) => {
      const changes = changesOf(first, others);
      const frame: LiveFrame = {
        type: 'changes',
        from: first.seq,
        to: first.seq + changes.length,
        changes: coalesce(changes),
      };
      expect(applyFrame(first, frame)).toEqual(applied(first, changes));
    }),
  );
});

it('takes a frame of which it knows the beginning, or all of it, without harm', () => {
  fc.assert(
    fc.property(lives, fc.nat(), ([first, others], pick) => {
      const changes = changesOf(first, others);
      const known = pick % (changes.length + 1);
      const frame: LiveFrame = {
        type: 'changes',
        from: first.seq,
        to: first.seq + changes.length,
        changes: coalesce(changes),
      };
      expect(applyFrame(applied(first, changes.slice(0, known)), frame)).toEqual(applied(first, changes));
    }),
  );
});

it('asks for a snapshot when the server tells of changes it never brought, resyncs, or counts less than before', () => {
  const now = fleetOf({ seq: 7, hosts: [], vcenters: [], vmsAtRisk: { count: 0, isComplete: true } });
  expect(applyFrame(now, { type: 'changes', from: 8, to: 9, changes: [] })).toBe('gap');
  expect(applyFrame(now, { type: 'heartbeat', seq: 8, serverTime: at })).toBe('gap');
  expect(applyFrame(now, { type: 'resync', seq: 7, reason: 'too slow' })).toBe('gap');
  expect(applyFrame(now, { type: 'hello', seq: 6, serverTime: at, heartbeatMs: 10_000 })).toBe('gap');
  expect(applyFrame(now, { type: 'hello', seq: 9, serverTime: at, heartbeatMs: 10_000 })).toBe(now);
  expect(applyFrame(now, { type: 'heartbeat', seq: 7, serverTime: at })).toBe(now);
});

const sightings = record({ observedAt: instant, lastReportAt: instant, validUntil: instant }).map((times) =>
  [1, 2, 9].map((n) => ({ hostId: idOf(n), ...times })),
);

it('lets a sighting prolong a verdict, never shorten it and never change it', () => {
  fc.assert(
    fc.property(fleet, sightings, (before, hosts) => {
      const after = applyFrame(before, { type: 'seen', seq: before.seq, hosts }) as Fleet;
      expect([...after.hosts.keys()]).toEqual([...before.hosts.keys()]);
      for (const [id, was] of before.hosts) {
        const is = after.hosts.get(id) as HostSummary;
        expect(is.validUntil >= was.validUntil).toBe(true);
        expect({ ...is, observedAt: 0, lastReportAt: 0, validUntil: 0 }).toEqual({
          ...was,
          observedAt: 0,
          lastReportAt: 0,
          validUntil: 0,
        });
      }
      expect(applyFrame(after, { type: 'seen', seq: before.seq, hosts })).toEqual(after);
    }),
  );
});

it('never prolongs a verdict by a sighting of the one before it, however late that comes and in whatever frames', () => {
  fc.assert(
    fc.property(lives, sightings, fc.nat(), ([first, others], hosts, pick) => {
      const changes = changesOf(first, others);
      const seen = pick % (changes.length + 1);
      const newer = new Set(changes.slice(seen).flatMap((change) => ('host' in change ? [change.host.hostId] : [])));
      const all = {
        type: 'changes',
        from: first.seq,
        to: first.seq + changes.length,
        changes: coalesce(changes),
      } as const;
      const last = applyFrame(first, all) as Fleet;
      const after = applyFrame(last, { type: 'seen', seq: first.seq + seen, hosts }) as Fleet;
      for (const hostId of newer) expect(after.hosts.get(hostId)).toEqual(last.hosts.get(hostId));
    }),
  );
});

it('takes no sighting from before its snapshot, and asks for another one where a sighting is ahead of it', () => {
  fc.assert(
    fc.property(fleet, sightings, (before, hosts) => {
      fc.pre(before.seq > 0);
      expect(applyFrame(before, { type: 'seen', seq: before.seq - 1, hosts })).toEqual(before);
      expect(applyFrame(before, { type: 'seen', seq: before.seq + 1, hosts })).toBe('gap');
    }),
  );
});
