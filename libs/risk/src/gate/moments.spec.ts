import type { HostFacts } from '@lunwarden/contract';
import { hostOf, linuxFacts, linuxVmfsDisk, type StoryHost, storyNow } from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import { assess } from '../assess.js';
import { instantText } from '../instant-text.js';
import { at, driver, gated, judgement, long, unexposed } from '../testing/gated.js';
import { titled } from '../titled.js';
import { gate } from './gate.js';
import { postflight } from './postflight.js';
import { preflightReasons } from './preflight.js';
import { runbookFor } from './runbook.js';
import { windowReasons } from './window.js';

const iso = (ms: number): string => new Date(at + ms).toISOString();
const minutes = 60_000;
const hour = 60 * minutes;
const reported = (observedAt: string | null): StoryHost => ({ ...gated, report: { ...gated.report!, observedAt } });

describe('the reasons of a change window', () => {
  const reasons = (startsAt: string, endsAt: string, asksNow = true) =>
    windowReasons({ startsAt, endsAt, includesHost: true }, at, asksNow);
  const blocks = (code: string, text: string) => [{ code, effect: 'blocks', text }];

  it('are none from its first moment to the one before its end', () => expect(reasons(iso(0), iso(1))).toEqual([]));
  it('say when it opens, and that a plan can be asked for', () => {
    const text = `The window opens at ${instantText(iso(1))}: ask again then, or ask for a plan.`;
    expect(reasons(iso(1), iso(2))).toEqual(blocks('window-not-open', text));
    expect(reasons(iso(1), iso(2), false)).toEqual([]);
  });
  it('say when it ended', () =>
    expect(reasons(iso(-2), iso(0))).toEqual(blocks('window-over', `The window ended at ${instantText(iso(0))}.`)));
  it('say that it is for others', () =>
    expect(windowReasons({ startsAt: iso(0), endsAt: iso(1), includesHost: false }, at, true)).toEqual(
      blocks('host-not-in-window', 'The window is not for this host: choose one that names it.'),
    ));
});

describe('the reasons of a pre-flight', () => {
  const texts = (preflight: { requestedAt: string; observedAt: string | null } | null, facts = gated, now = at) =>
    preflightReasons(preflight, facts, now).map(({ code, effect, text }) => `${code} ${effect} ${text}`);
  const asked = iso(-30 * minutes);

  it('are none when the very moment of the request was observed, in what is in force too', () =>
    expect(texts({ requestedAt: asked, observedAt: asked }, reported(asked))).toEqual([]));
  it.each<[string, { requestedAt: string; observedAt: string | null } | null, StoryHost, string]>([
    [
      'nobody asked',
      null,
      gated,
      'Nobody asked this host for a pre-flight: request one, and wait for its next report.',
    ],
    [
      'it is an hour old',
      { requestedAt: iso(-2 * hour), observedAt: iso(-hour) },
      gated,
      `The pre-flight of ${instantText(iso(-2 * hour))} is over an hour old: request a new one.`,
    ],
    [
      'nobody answered',
      { requestedAt: asked, observedAt: null },
      gated,
      `The host has not answered the pre-flight of ${instantText(asked)} yet.`,
    ],
    [
      'the facts in force are older',
      { requestedAt: asked, observedAt: asked },
      reported(iso(-30 * minutes - 1)),
      'The facts in force were observed before the pre-flight was requested.',
    ],
    [
      'no facts are in force',
      { requestedAt: asked, observedAt: asked },
      { ...gated, report: null },
      'The facts in force were observed before the pre-flight was requested.',
    ],
  ])('say that %s', (_name, preflight, facts, text) =>
    expect(texts(preflight, facts)).toEqual([`pre-flight unknown ${text}`]),
  );
  it('take no request without an answer for an answer of long ago, even at the beginning of time', () =>
    expect(texts({ requestedAt: iso(-at), observedAt: null }, gated, 0)).toHaveLength(1));
});

describe('the gate holds until', () => {
  const open = { startsAt: iso(-hour), endsAt: iso(9 * hour), includesHost: true };
  const forever = judgement({ validUntil: iso(9 * hour) });
  const until = (change: Partial<Parameters<typeof gate>[0]>) =>
    gate({ facts: gated, assessment: forever, window: open, now: storyNow, ...change }).validUntil;

  it('the facts are three hours old', () => expect(until({})).toBe('2026-11-20T09:00:00.000Z'));
  it('the window ends', () => expect(until({ window: { ...open, endsAt: iso(1) } })).toBe(iso(1)));
  it('the window starts', () => expect(until({ window: { ...open, startsAt: iso(1) } })).toBe(iso(1)));
  it('what ends after this very moment', () =>
    expect(until({ window: { startsAt: storyNow, endsAt: iso(1), includesHost: true } })).toBe(iso(1)));
  it('the judgement runs out', () => expect(until({ assessment: judgement({ validUntil: iso(1) }) })).toBe(iso(1)));
  it('the pre-flight is an hour old', () =>
    expect(until({ preflight: { requestedAt: iso(-5), observedAt: iso(-4) } })).toBe(iso(hour - 4)));
  it('its window ends, for a host that never reported', () =>
    expect(until({ facts: { ...gated, report: null } })).toBe(open.endsAt));
  it('this very moment, if nothing holds any longer', () =>
    expect(
      until({
        facts: { ...gated, report: null },
        window: { ...open, endsAt: storyNow },
        assessment: judgement({ validUntil: storyNow }),
      }),
    ).toBe(storyNow));

  it('somebody asks in words that make no sense, and then it says so', () => {
    expect(() => until({ now: 'soon' })).toThrow('now is not an ISO instant: soon');
    expect(() => until({ assessment: judgement({ hostId: 'b' }) })).toThrow(
      `Facts of ${gated.hostId} with an assessment of b`,
    );
  });
});

describe('what the gate misses', () => {
  const open = { startsAt: iso(-hour), endsAt: iso(hour), includesHost: true };
  const missing = (assessment = judgement()) => gate({ facts: gated, assessment, window: open, now: storyNow }).missing;

  it('is said once, in words, and without what only takes a step', () => {
    const drivers = [driver('san-policy', 'unknown'), driver('role', 'unknown')];
    expect(missing(judgement({ drivers, missing: ['SAN policy'] }))).toEqual(['SAN policy']);
  });
});

describe('a plan', () => {
  it('gives no reason where there is none, and asks for no pre-flight', () => {
    const window = { startsAt: iso(hour), endsAt: iso(2 * hour), includesHost: true };
    expect(gate({ facts: gated, assessment: judgement(), window, now: storyNow }).reasons).toEqual([]);
  });

  it('names a trap that waits by its code, its title and where it lies', () => {
    const pending = [{ id: 'KB5044284', title: 'x', severity: 'low', categories: [], cves: [], needsReboot: true }];
    const facts = { ...gated.report!.facts, pendingUpdates: { value: pending } } as HostFacts;
    const host = hostOf(facts);
    const window = { startsAt: iso(hour), endsAt: iso(2 * hour), includesHost: true };
    const { reasons } = gate({ facts: host, assessment: titled(assess(host, storyNow)), window, now: storyNow });
    expect(reasons).toContainEqual({
      code: 'trap-06',
      effect: 'step',
      text: 'TRAP-06 Windows Server 2025 offered as a security update: KB5044284 is waiting',
    });
  });
});

describe('the steps', () => {
  const ids = (facts: StoryHost, assessment = judgement()) => runbookFor(facts, assessment).map(({ id }) => id);
  const linux = hostOf(linuxFacts({ disks: { value: [linuxVmfsDisk(1)] } }));

  it('on a host without LUNs take no LUN away, and detach what belongs to guests', () =>
    expect(ids(gated, unexposed())).toEqual([
      'stop-jobs',
      'detach-guests',
      'mount-one-partition',
      'patch',
      'remove-letter',
      'test-job',
      'release',
    ]));
  it('on Linux mount no partition', () =>
    expect(ids(linux, titled(assess(linux, storyNow)))).toEqual([
      'stop-jobs',
      'unzone',
      'patch',
      'verify-guards',
      're-present',
      'test-job',
      'release',
    ]));
  it('of a host that never reported are those of the system that it enrolled with', () => {
    expect(ids({ ...linux, report: null })).not.toContain('remove-letter');
    expect(ids({ ...gated, report: null })).toContain('remove-letter');
  });
  it('are those of the system that reports, whatever the host enrolled with', () =>
    expect(ids({ ...linux, platform: 'windows' })).not.toContain('remove-letter'));
});

describe('a post-flight', () => {
  const over = (endsAt: string) => ({ startsAt: iso(-9 * hour), endsAt, includesHost: true });
  const check = (endsAt: string, facts: StoryHost = gated, assessment = judgement()) =>
    postflight({ facts, assessment, window: over(endsAt), now: storyNow });

  it('begins in the moment in which the window ends', () => {
    expect(check(iso(1))).toBeNull();
    expect(check(iso(0))?.state).toBe('pending');
  });
  it('takes a report of the very moment at which the window ended', () =>
    expect(check(gated.report?.observedAt ?? '')?.state).toBe('verified'));
  it.each<[string, StoryHost]>([
    ['never reported', { ...gated, report: null }],
    ['reports at an unproven age', reported(null)],
    ['reported before', gated],
  ])('says of a host that %s that nothing was observed since', (_name, facts) => {
    const text = `CHG-004: no report has been observed since the window ended at ${instantText(iso(-minutes))}`;
    expect(check(iso(-minutes), facts)).toMatchObject({ state: 'pending', reasons: [text] });
  });
  it('waits for an hour', () => {
    expect(check(iso(-hour), { ...gated, report: null })?.state).toBe('failed');
    expect(check(iso(1 - hour), { ...gated, report: null })?.state).toBe('pending');
  });
  it('does not fail for what asks for care during a change only', () => {
    const drivers = [driver('auto-install', 'bad'), driver('role', 'unknown')];
    expect(check(iso(-hour), gated, judgement({ drivers, findings: [] }))).toMatchObject({ state: 'verified' });
    expect(check(iso(-hour), gated, judgement({ level: 'medium', drivers: [], findings: [] }))?.state).toBe('verified');
  });
  it('fails for each guard that is down or unread, and says so', () => {
    const drivers = [driver('automount', 'bad', { value: long }), driver('san-policy', 'unknown')];
    const failed = check(iso(-hour), gated, judgement({ drivers, findings: [] }));
    expect(failed?.state).toBe('failed');
    expect(failed?.reasons[0]).toHaveLength(600);
    expect(failed?.reasons[1]).toBe('CHG-004: Label: value');
  });
});
