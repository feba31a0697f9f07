import type { HostFacts, Known } from '@lunwarden/contract';
import { hostOf, linuxFacts, storyNow, windowsFacts } from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import { assess } from './assess.js';
import type { FeedView } from './facts/feed-view.js';
import type { InventoryView } from './facts/inventory-view.js';
import type { Facts } from './facts.js';

const unknown = { unknown: 'timeout' } as const;
const longAgo = '2026-01-01T00:00:00Z';
const patched = windowsFacts({
  machine: { value: { isVirtual: true, vendor: 'VMware, Inc.', model: 'VMware20,1', biosUuid: null } },
  transport: { value: { configured: 'virtual-appliance', source: 'product' } },
  pendingUpdates: {
    value: [{ id: 'KB1', title: 't', severity: 'low', categories: [], cves: ['CVE-2026-2222'], needsReboot: true }],
  },
});
const inventory: InventoryView = {
  observedAt: storyNow,
  proxyVm: {
    value: {
      name: 'proxy',
      foreignDisks: { value: [] },
      isWorking: { value: false },
      snapshots: { value: [] },
      isInBackupJob: { value: false },
    },
  },
  leftovers: { value: [] },
  esxiHosts: { value: [] },
};
const feeds: FeedView = {
  cves: { value: { asOf: '2026-11-19', byId: {} } },
  epss: unknown,
  catalogue: unknown,
  cvesOfUpdates: {},
  extendedSupportEnd: { value: null },
  productBuilds: unknown,
  esxiBuilds: unknown,
  esxiSupportEnds: unknown,
};
const judge = (around: Partial<Facts>, facts: HostFacts = patched) => assess({ ...hostOf(facts), ...around }, storyNow);
const known = judge({ inventory, feeds });

describe('what others say of a host', () => {
  it.each([
    ['the inventory', { feeds }],
    ['freshness of the inventory', { feeds, inventory: { ...inventory, observedAt: longAgo } }],
    ['a readable date of the inventory', { feeds, inventory: { ...inventory, observedAt: 'yesterday' } }],
    ['the proxy VM', { feeds, inventory: { ...inventory, proxyVm: unknown } }],
    ['the feed', { inventory, feeds: { ...feeds, cves: unknown } }],
    ['freshness of the feed', { inventory, feeds: { ...feeds, cves: { value: { asOf: '2026-01-01', byId: {} } } } }],
  ] as [string, Partial<Facts>][])('never lowers the score by losing %s', (_name, around) => {
    const lost = judge(around);
    expect(lost.score).toBeGreaterThan(known.score);
    expect(lost.low).toBeLessThanOrEqual(known.low);
  });

  it('raises the score by disks that were left attached, not by those of a running task', () => {
    const withDisks = (isWorking: Known<boolean>) =>
      judge({
        feeds,
        inventory: {
          ...inventory,
          proxyVm: {
            value: {
              name: 'proxy',
              foreignDisks: { value: [{ file: '[gold] erp/erp.vmdk', vm: 'erp' }] },
              isWorking,
              snapshots: { value: [] },
              isInBackupJob: { value: false },
            },
          },
        },
      });
    expect(withDisks({ value: false }).low).toBeGreaterThan(known.low);
    expect(withDisks({ value: true }).score).toBe(known.score);
    // Nobody knows whether a task runs: it may be bad, and is not known to be.
    expect(withDisks(unknown).low).toBe(known.low);
    expect(withDisks(unknown).score).toBe(withDisks({ value: false }).score);
  });

  it('keeps what an old feed lists: bad evidence does not expire', () => {
    const listed = {
      value: { asOf: '2026-01-01', byId: { 'CVE-2026-2222': { exploited: 'ransomware' } } },
    } as const;
    expect(judge({ inventory, feeds: { ...feeds, cves: listed } })).toMatchObject({ level: 'high' });
  });

  it('is not asked about by a host that it does not concern', () => {
    const facts = linuxFacts();
    expect(judge({ inventory }, facts).score).toBe(judge({}, facts).score);
  });
});
