import type { Assessment, GateVerdict, HostFacts } from '@lunwarden/contract';
import {
  hostOf,
  linuxFacts,
  linuxVmfsDisk,
  type StoryHost,
  storyFacts,
  storyNow,
  vmfsDisk,
  windowsBootDisk,
  windowsFacts,
} from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import { assess } from '../assess.js';
import { titled } from '../titled.js';
import { type GateInput, gate } from './gate.js';
import { postflight } from './postflight.js';

const open = { startsAt: '2026-11-20T05:00:00Z', endsAt: '2026-11-20T09:00:00Z', includesHost: true };
const proven = { requestedAt: '2026-11-20T05:58:00Z', observedAt: '2026-11-20T06:00:00Z' };
const directSan = { value: { configured: 'direct-san', directKind: 'san', source: 'product' } } as const;

/** Asks to patch now, with a pre-flight, in a window that is open; override what a test is about. */
function ask(host: StoryHost, overrides: Partial<GateInput> = {}) {
  const now = overrides.now ?? storyNow;
  return gate({
    facts: host,
    assessment: titled(assess(host, now)),
    window: open,
    now,
    preflight: proven,
    ...overrides,
  });
}
const codes = (host: StoryHost, overrides: Partial<GateInput> = {}) =>
  ask(host, overrides).reasons.map(({ code }) => code);

const hardened = windowsFacts({
  transport: directSan,
  disks: { value: [windowsBootDisk(), vmfsDisk(1), vmfsDisk(2)] },
});
const guarded = linuxFacts({ transport: directSan, disks: { value: [linuxVmfsDisk(1), linuxVmfsDisk(2)] } });
const withoutLuns = windowsFacts();
/** The story as it would be with the SAN policy that this edition should have. */
const trapAhead: HostFacts = { ...storyFacts('service-pack-failed'), sanPolicy: { value: 'OfflineShared' } };

describe('the gate', () => {
  it.each([
    ['a hardened Direct SAN proxy', hardened],
    ['a guarded Linux proxy', guarded],
    ['a proxy without LUNs', withoutLuns],
  ])('lets %s through', (_name, facts) => {
    expect(ask(hostOf(facts))).toMatchObject({ verdict: 'go', reasons: [], missing: [], steps: [] });
  });

  it.each<[string, HostFacts, GateVerdict]>([
    ['the story before anybody fixed it', storyFacts('service-pack-failed'), 'no-go'],
    ['a trap ahead of a guarded proxy', trapAhead, 'go-with-steps'],
    ['the story after the popular fix', storyFacts('popular-fix'), 'no-go'],
    ['OnlineAll beside LUNs', { ...hardened, sanPolicy: { value: 'OnlineAll' } }, 'no-go'],
    ['automount beside LUNs', { ...hardened, automount: { value: 'enabled' } }, 'go-with-steps'],
    [
      'a writable LUN online',
      {
        ...hardened,
        disks: {
          value: [
            windowsBootDisk(),
            vmfsDisk(1, undefined, { isOffline: { value: false }, isReadOnly: { value: false } }),
          ],
        },
      },
      'no-go',
    ],
    ['a SAN policy nobody could read', { ...hardened, sanPolicy: { unknown: 'denied' } }, 'unknown'],
  ])('answers %s with the right verdict', (_name, facts, verdict) => {
    const answer = ask(hostOf(facts));
    expect(answer.verdict, JSON.stringify(answer.reasons)).toBe(verdict);
  });

  it('names the steps first, and unzoning before any change', () => {
    const { steps } = ask(hostOf(trapAhead));
    expect(steps.map(({ id }) => id)).toEqual([
      'stop-jobs',
      'unzone',
      'mount-one-partition',
      'patch',
      'remove-letter',
      'verify-guards',
      're-present',
      'test-job',
      'release',
    ]);
    expect(steps.find(({ id }) => id === 'mount-one-partition')?.text).toContain('IsBoot');
  });

  it('names the trap that lies in a pending update, beside LUNs only', () => {
    const upgrade = {
      id: 'KB5044284',
      title: 'x',
      severity: 'important' as const,
      categories: [],
      cves: [],
      needsReboot: true,
    };
    const pendingUpdates = { value: [upgrade] };
    expect(ask(hostOf({ ...hardened, pendingUpdates }))).toMatchObject({ verdict: 'go-with-steps' });
    expect(codes(hostOf({ ...hardened, pendingUpdates }))).toContain('trap-06');
    expect(codes(hostOf({ ...withoutLuns, pendingUpdates }))).toEqual([]);
  });

  it('forbids what no LUN is at stake for only by its window', () => {
    const exploited = {
      ...withoutLuns,
      pendingUpdates: {
        value: [
          {
            id: 'KB4012212',
            title: 'x',
            severity: 'critical' as const,
            categories: [],
            cves: ['CVE-2017-0144'],
            needsReboot: true,
          },
        ],
      },
    };
    expect(ask(hostOf(exploited)).verdict).toBe('go');
    expect(codes(hostOf(exploited), { window: { ...open, includesHost: false } })).toEqual(['host-not-in-window']);
  });

  it('asks for a pre-flight whose facts were observed after the request', () => {
    const host = hostOf(hardened);
    expect(ask(host, { preflight: null }).verdict).toBe('unknown');
    expect(ask(host, { preflight: { ...proven, observedAt: null } }).verdict).toBe('unknown');
    expect(ask(host, { preflight: { ...proven, requestedAt: '2026-11-20T06:00:01Z' } }).verdict).toBe('unknown');
    expect(
      ask(host, { preflight: { requestedAt: '2026-11-20T06:00:01Z', observedAt: '2026-11-20T06:05:00Z' } }),
    ).toMatchObject({
      verdict: 'unknown',
      missing: ['pre flight'],
    });
  });

  it('forgets a pre-flight after an hour', () => {
    const host = hostOf(hardened);
    expect(ask(host, { now: '2026-11-20T06:59:59Z' }).verdict).toBe('go');
    expect(ask(host, { now: '2026-11-20T07:00:00Z' }).verdict).toBe('unknown');
    expect(ask(host).validUntil).toBe('2026-11-20T07:00:00.000Z');
  });

  it('needs no pre-flight for a plan, and lets nobody patch before the window opens', () => {
    const host = hostOf(hardened);
    const later = { ...open, startsAt: '2026-11-20T07:00:00Z' };
    const plan = gate({ facts: host, assessment: titled(assess(host, storyNow)), window: later, now: storyNow });
    expect(plan).toMatchObject({ verdict: 'go', validUntil: '2026-11-20T07:00:00.000Z' });
    expect(codes(host, { window: later })).toEqual(['window-not-open']);
    expect(codes(host, { window: { ...open, endsAt: storyNow } })).toEqual(['window-over']);
  });

  it('never trusts a judgement longer than it held, nor one that was made before the facts grew old', () => {
    const host = hostOf(hardened);
    const early: Assessment = titled(assess(host, storyNow));
    for (const now of [early.validUntil, '2026-11-20T09:00:00Z'])
      expect(ask(host, { assessment: early, now, window: { ...open, endsAt: '2026-11-21T00:00:00Z' } }).verdict).toBe(
        'unknown',
      );
    const forever = { ...early, validUntil: '2027-01-01T00:00:00Z' };
    const late = {
      assessment: forever,
      now: '2026-11-20T09:00:00Z',
      window: { ...open, endsAt: '2026-11-21T00:00:00Z' },
    };
    expect(gate({ facts: host, ...late }).verdict).toBe('unknown');
  });

  it('refuses to judge one host by the facts of another', () => {
    const host = hostOf(hardened);
    expect(() => ask(host, { assessment: { ...titled(assess(host, storyNow)), hostId: 'another' } })).toThrow(
      RangeError,
    );
    expect(() => gate({ facts: host, assessment: titled(assess(host, storyNow)), window: open, now: 'soon' })).toThrow(
      RangeError,
    );
  });

  it('never opens for a window whose ends are no instants', () => {
    expect(ask(hostOf(hardened), { window: { ...open, endsAt: 'later' } }).verdict).toBe('no-go');
    expect(ask(hostOf(hardened), { window: { ...open, startsAt: 'earlier' } }).verdict).toBe('no-go');
  });
});

/** Facts that the gate weighs on each platform; it reads all of them before it says go. */
const weighed = {
  windows: [
    'disks',
    'pendingUpdates',
    'lastUpdateSuccessAt',
    'os',
    'sanPolicy',
    'automount',
    'updateHistory',
    'updatePolicy',
    'pendingReboot',
    'transport',
    'roles',
  ],
  linux: [
    'disks',
    'pendingUpdates',
    'lastUpdateSuccessAt',
    'os',
    'lvmGuard',
    'multipath',
    'foreignVolumeGroups',
    'pendingReboot',
    'transport',
    'roles',
  ],
};
const rank: Record<GateVerdict, number> = { go: 0, 'go-with-steps': 1, unknown: 2, 'no-go': 3 };

describe.each<[string, HostFacts]>([
  ['a hardened proxy', hardened],
  ['a guarded Linux proxy', guarded],
  ['a proxy without LUNs', withoutLuns],
  ['a Linux proxy without LUNs', linuxFacts()],
  ['the story', storyFacts('service-pack-failed')],
  ['the popular fix', storyFacts('popular-fix')],
  ['automount beside LUNs', { ...hardened, automount: { value: 'enabled' } }],
])('losing a fact of %s', (_name, facts) => {
  const lost = (name: string) => hostOf({ ...facts, [name]: { unknown: 'denied' } });

  it.each(weighed[facts.platform])('never gives go without %s', (name) => {
    expect(ask(lost(name)).verdict).not.toBe('go');
  });

  it.each(Object.keys(facts).filter((name) => typeof facts[name as keyof HostFacts] === 'object'))(
    'never opens the gate further for the loss of %s',
    (name) => {
      const before = ask(hostOf(facts)).verdict;
      const after = ask(lost(name)).verdict;
      // A no-go may become unknown when nobody can read what forbade it; neither lets anybody through.
      expect(Math.min(rank[after], 2)).toBeGreaterThanOrEqual(Math.min(rank[before], 2));
    },
  );
});

describe('post-flight', () => {
  const over = { ...open, endsAt: '2026-11-20T05:30:00Z' };
  const after = (host: StoryHost, window = over, now = storyNow) =>
    postflight({ facts: host, assessment: titled(assess(host, now)), window, now });

  it('says nothing before the window is over', () => expect(after(hostOf(hardened), open)).toBeNull());
  it('is verified by a report from after the window that proves the guards', () =>
    expect(after(hostOf(hardened))).toMatchObject({ state: 'verified', reasons: [] }));
  it('fails as CHG-004 when a guard came out weaker', () => {
    const weaker = after(hostOf({ ...hardened, automount: { value: 'enabled' } }));
    expect(weaker?.state).toBe('failed');
    expect(weaker?.reasons[0]).toContain('CHG-004');
  });
  it('fails when a guard can no longer be read', () =>
    expect(after(hostOf({ ...hardened, sanPolicy: { unknown: 'denied' } }))?.state).toBe('failed'));
  it('waits for a report from after the window, and not for ever', () => {
    const justOver = { ...open, endsAt: '2026-11-20T06:05:00Z' };
    expect(after(hostOf(hardened), justOver)?.state).toBe('pending');
    expect(after(hostOf(hardened), justOver, '2026-11-20T07:05:00Z')?.state).toBe('failed');
  });
});
