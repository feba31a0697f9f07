import type { HostFacts } from '@lunwarden/contract';
import { storyFacts, windowsBootDisk } from '@lunwarden/sample-fleet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EnrolledProxy, type House, openHouse, until } from './house.js';

let house: House;
let proxy: EnrolledProxy;

beforeAll(async () => {
  house = await openHouse();
  proxy = await house.enroll('vbr-proxy-2008');
});
afterAll(() => house.close());

const hour = 3_600_000;
const scoreAfter = async (facts: HostFacts) => {
  await house.report(proxy, facts);
  return house.summary(proxy.hostId);
};

describe('the story of the service pack, through the real doors', () => {
  it('warns before anything happened: the failed service pack sends people looking for a fix', async () => {
    expect(await scoreAfter(storyFacts('service-pack-failed'))).toMatchObject({ level: 'high', mode: 'direct-san' });
  });

  it('is critical after the popular fix', async () => {
    const after = await scoreAfter(storyFacts('popular-fix'));
    expect(after.level).toBe('critical');
    expect(after.automount).toBe('enabled');
    expect(after.writableLuns).toBeGreaterThan(0);
  });

  it('is lower after the targeted fix than it was before', async () => {
    await scoreAfter(storyFacts('service-pack-failed'));
    const before = await house.summary(proxy.hostId);
    const after = await scoreAfter(storyFacts('targeted-fix'));
    expect(after.score).toBeLessThan(before.score);
  });

  it('keeps how it got there', async () => {
    const { history, report, assessment } = await house.host(proxy.hostId);
    expect(history.length).toBeGreaterThanOrEqual(3);
    expect(report?.facts.hostname).toBe('vbr-proxy-2008');
    expect(assessment.modes.map((mode) => mode.mode)).toEqual(['direct-san', 'virtual-appliance', 'network']);
  });
});

const readings: (keyof ReturnType<typeof storyFacts>)[] = [
  'sanPolicy',
  'automount',
  'disks',
  'pendingUpdates',
  'updateHistory',
  'pendingReboot',
  'lastUpdateSuccessAt',
  'os',
  'transport',
];

describe('what could not be read', () => {
  it.each(readings)('never lowers the score when %s turns unknown', async (fact) => {
    const worst = await scoreAfter(storyFacts('popular-fix'));
    const blind = await scoreAfter({ ...storyFacts('popular-fix'), [fact]: { unknown: 'denied' } });
    expect(blind.score).toBeGreaterThanOrEqual(worst.score);
    expect(blind.level).toBe('critical');
  });

  it('turns a proxy unknown that has fallen silent, and says so', async () => {
    const quiet = await house.enroll('quiet');
    await house.report(quiet, {
      ...storyFacts('targeted-fix'),
      disks: { value: [windowsBootDisk()] },
      sanPolicy: { value: 'OfflineShared' },
      updateHistory: { value: [] },
      pendingUpdates: { value: [] },
      pendingReboot: { value: [] },
    });
    expect((await house.summary(quiet.hostId)).state).toBe('reporting');
    house.passTime(4 * hour);
    expect((await house.summary(quiet.hostId)).level).toBe('unknown');
    const swept = await until('the sweep judges it again', async () => {
      const host = await house.host(quiet.hostId);
      return host.assessment.level === 'unknown' && host.summary.state !== 'reporting' ? host : null;
    });
    expect(swept.summary.state).toMatch(/silent|stale/);
  });

  it('counts a host that enrolled and never reported', async () => {
    const mute = await house.enroll('mute');
    const seen = await until('it is in the fleet', async () =>
      (await house.fleet()).hosts.find((host) => host.hostId === mute.hostId),
    );
    expect(seen).toMatchObject({ hostname: 'mute', level: 'unknown', state: 'never-reported' });
  });
});

describe('the intake', () => {
  it('answers 202, then 200 for the same report, and 409 for another content under its id', async () => {
    const host = await house.enroll('echo');
    const facts = storyFacts('targeted-fix');
    const envelope = { reportId: '019aa0c0-2f00-7000-8000-00000000ec40', seq: 7, ageMs: 0 };
    expect(await house.report(host, facts, envelope)).toMatchObject({ status: 202, receipt: { result: 'accepted' } });
    expect(await house.report(host, facts, envelope)).toMatchObject({ status: 200, receipt: { result: 'duplicate' } });
    await expect(house.report(host, storyFacts('popular-fix'), envelope)).rejects.toThrow('409');
  });

  it('keeps an older report as history only', async () => {
    const host = await house.enroll('late');
    await house.report(host, storyFacts('targeted-fix'), { seq: 50 });
    const before = await house.summary(host.hostId);
    expect(await house.report(host, storyFacts('popular-fix'), { seq: 49 })).toMatchObject({
      status: 202,
      receipt: { result: 'late' },
    });
    expect((await house.summary(host.hostId)).score).toBe(before.score);
  });

  it('takes two machines with one key for a conflict, and trusts neither', async () => {
    const host = await house.enroll('clone');
    const first = { bootId: '6f9619ff-8b86-4d01-b42d-00cf4fc964f1' };
    const second = { bootId: '6f9619ff-8b86-4d01-b42d-00cf4fc964f2' };
    await house.report(host, storyFacts('targeted-fix'), { ...first, seq: 1 });
    await house.report(host, storyFacts('targeted-fix'), { ...second, seq: 1 });
    expect((await house.summary(host.hostId)).state).toBe('reporting');
    await house.report(host, storyFacts('targeted-fix'), { ...first, seq: 2 });
    expect(await house.summary(host.hostId)).toMatchObject({ state: 'identity-conflict' });
  });
});
