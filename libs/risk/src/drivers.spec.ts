import type { PendingUpdate } from '@lunwarden/contract';
import { hostOf, storyNow, vmfsDisk, windowsBootDisk, windowsFacts } from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import { aboutOf } from './abouts.js';
import { assess } from './assess.js';
import type { CveInFeeds, FeedView } from './facts/feed-view.js';
import type { Facts } from './facts.js';
import { beside, linuxBeside, unknown, withLun } from './testing/cases.js';
import { around } from './testing/products.js';

const judged = (facts: Parameters<typeof hostOf>[0], more: Partial<Facts> = {}) =>
  assess({ ...hostOf(facts), ...more }, storyNow);
const driver = (factor: string, ...of: Parameters<typeof judged>) =>
  judged(...of).drivers.find((one) => one.factor === factor);
const update: PendingUpdate = {
  id: 'KB1',
  title: 'x',
  severity: 'critical',
  categories: [],
  cves: ['CVE-1', 'CVE-2'],
  needsReboot: false,
};
const lacking = windowsFacts({ pendingUpdates: { value: [update] } });
const feeds = (listed: boolean, epss: FeedView['epss'], asOf = '2026-11-19'): Partial<Facts> => {
  const told = around({}).feeds;
  const byId: Record<string, CveInFeeds> = listed ? { 'CVE-1': { exploited: 'listed' } } : {};
  return { feeds: told && { ...told, cves: { value: { asOf, byId } }, epss } };
};
const likely = (asOf: string, byId: Record<string, number>): FeedView['epss'] => ({ value: { asOf, byId } });
const open = { isOffline: { value: false }, isReadOnly: { value: false } } as const;

describe('what would help', () => {
  it('stands in the order in which it helps, and by name where it helps as much', () => {
    const { drivers, score } = judged(withLun(open));
    expect(drivers.slice(0, 2).map(({ factor }) => factor)).toEqual(['visible-luns', 'disk-states']);
    const useless = drivers.filter(({ ifFixed }) => ifFixed === score).map(({ factor }) => factor);
    expect(useless).toEqual(useless.toSorted());
    expect(useless.length).toBeGreaterThan(5);
  });

  it('is as good as a host on which it is so', () => {
    const bare = { ...linuxBeside(), lvmGuard: { value: 'none' }, multipath: { value: 'inactive' } } as const;
    expect(driver('lvm-guard', bare)?.ifFixed).toBe(judged({ ...bare, lvmGuard: { value: 'devices-file' } }).score);
    expect(driver('multipath', bare)?.ifFixed).toBe(judged({ ...bare, multipath: { value: 'active' } }).score);
    const weak = beside({ sanPolicy: { value: 'OnlineAll' }, automount: { value: 'enabled' } });
    expect(driver('san-policy', weak)?.ifFixed).toBe(judged({ ...weak, sanPolicy: { value: 'OfflineShared' } }).score);
    expect(driver('automount', weak)?.ifFixed).toBe(judged({ ...weak, automount: { value: 'disabled' } }).score);
    const rebooting = windowsFacts({ pendingReboot: { value: ['servicing'] } });
    expect(driver('pending-reboot', rebooting)?.ifFixed).toBeLessThan(judged(rebooting).score);
  });

  it('of two LUNs is that both are guarded, not only one', () => {
    const two = beside({ disks: { value: [windowsBootDisk(), vmfsDisk(1), vmfsDisk(2, undefined, open)] } });
    expect(driver('disk-states', two)?.ifFixed).toBeLessThan(judged(two).score);
    const both = beside({ disks: { value: [windowsBootDisk(), vmfsDisk(1), vmfsDisk(2)] } });
    expect(driver('disk-states', both)?.ifFixed).toBe(judged(both).score);
  });

  it('takes no LUN for one that is in sight where none is', () => {
    expect(driver('disk-states', windowsFacts())).toMatchObject({
      state: 'good',
      ifFixed: judged(windowsFacts()).score,
    });
  });
});

describe('what is known of vulnerabilities that are exploited', () => {
  const text = (more: Partial<Facts>) => driver('exploited-vulnerabilities', lacking, more);
  const none = 'No missing update fixes a vulnerability listed as exploited';

  it('is what is listed, and where that is bad no forecast beside it', () => {
    const forecast = likely('2026-11-19', { 'CVE-1': 0.5, 'CVE-2': 0.9 });
    expect(text(feeds(true, forecast))).toMatchObject({
      state: 'bad',
      value: 'Not fixed and known to be exploited: CVE-1',
      evidence: [{ source: 'CISA KEV' }],
    });
    expect(text(feeds(false, forecast))).toMatchObject({
      state: 'bad',
      value: `${none}; the likeliest of the critical others is exploited within 30 days with 90 % (EPSS)`,
      evidence: [{ source: 'CISA KEV' }, { source: 'FIRST EPSS' }],
    });
  });

  it('is open where a forecast is missing or too old', () => {
    const doubt = `${none}; how likely the others are exploited soon is not known`;
    for (const epss of [
      unknown,
      likely('2026-11-19', { 'CVE-1': 0.5 }),
      likely('2026-01-01', { 'CVE-1': 0.5, 'CVE-2': 0.9 }),
    ])
      expect(text(feeds(false, epss))).toMatchObject({ state: 'unknown', value: doubt });
  });

  it('is only what is listed where nothing critical is missing, or nobody forecasts', () => {
    const mild = windowsFacts({ pendingUpdates: { value: [{ ...update, severity: 'low' }] } });
    expect(driver('exploited-vulnerabilities', mild, feeds(false, unknown))?.value).toBe(none);
    expect(driver('exploited-vulnerabilities', lacking)?.value).toBe(none);
  });

  it('is not known by a list that is too old to clear anything', () => {
    expect(text(feeds(false, likely('2026-11-19', {}), '2026-01-01'))).toMatchObject({ state: 'unknown' });
    expect(text(feeds(true, likely('2026-11-19', {}), '2026-01-01'))).toMatchObject({ state: 'bad' });
  });
});

it('a verdict says no more of a mode or a driver than fits on a page', () => {
  const product = 'x'.repeat(400);
  const facts = windowsFacts({ transport: { value: { configured: 'network', source: 'product', product } } });
  const { mode, drivers } = judged(facts);
  expect(mode.detail).toHaveLength(300);
  expect(drivers.find(({ factor }) => factor === 'transport-mode')?.value).toHaveLength(300);
  expect(mode.detail).toMatch(/^set to Network in x+$/);
});

it('a rule that there is none of is named by whoever asks for it', () => {
  expect(() => aboutOf('no-such-rule')).toThrow('No rule is called no-such-rule');
});
