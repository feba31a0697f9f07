import { keysOfLinuxDisk, keysOfWindowsDisk, LunMap, ProxyReport, reportLimits } from '@lunwarden/contract';
import { describe, expect, it } from 'vitest';
import { lunMapOf } from './estate/lun-map.js';
import { clustersOf } from './estate/vcenter.js';
import { evolve } from './evolve.js';
import { flaws } from './proxies/flaw.js';
import { hostReport } from './proxies/host-report.js';
import { modeOf, presentedLuns, type SampleHost } from './proxies/sample-host.js';
import { reachIn } from './reach.js';
import { type SampleFleet, sampleFleet } from './sample-fleet.js';

const asOf = '2026-11-22T07:00:00.000Z';
const order = { seed: 7, asOf };
const fleet = sampleFleet(order);
const sending = { now: '2026-11-22T07:12:00.000Z', seq: 3 };
const lives = (from: SampleFleet, steps: number): SampleFleet[] => {
  const all = [from];
  for (let step = 1; step <= steps; step++) all.push(evolve(all[step - 1]!));
  return all;
};
const disksOf = (host: SampleHost) => {
  const { facts } = hostReport(host, sending);
  return 'value' in facts.disks ? facts.disks.value : [];
};
const text = (value: unknown) => JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? String(one) : one));

describe('the sample fleet', () => {
  it('is the same fleet for the same seed, through twenty steps', () => {
    const again = lives(sampleFleet(order), 20);
    expect(text(again)).toBe(text(lives(fleet, 20)));
    expect(text(hostReport(again[20]!.hosts[5]!, sending))).toBe(
      text(hostReport(lives(fleet, 20)[20]!.hosts[5]!, sending)),
    );
  });

  it('is another fleet for another seed', () => {
    expect(text(sampleFleet({ ...order, seed: 8 }).hosts)).not.toBe(text(fleet.hosts));
  });

  it('sends only reports that the intake would take, at every step', () => {
    const all = lives(fleet, 20);
    for (const [step, { hosts }] of all.entries()) {
      const changed = hosts.filter((host, at) => step === 0 || host !== all[step - 1]!.hosts[at]);
      for (const host of changed) {
        const report = hostReport(host, { ...sending, ageMs: 1000 });
        expect(ProxyReport.safeParse(report).error, host.hostname).toBeUndefined();
        expect(text(report).length).toBeLessThan(reportLimits.inflatedBytes / 10);
      }
    }
  });

  it('says the same facts at another time, so that an unchanged host is an unchanged report', () => {
    for (const host of fleet.hosts)
      expect(hostReport(host, { now: '2026-11-23T09:00:00.000Z', seq: 9 }).facts).toEqual(
        hostReport(host, sending).facts,
      );
  });

  it('has backup servers that list every proxy of their site once but for a few, and see no LUN themselves', () => {
    const servers = fleet.hosts.filter(({ product }) => product !== undefined);
    expect(servers.length).toBeGreaterThan(4);
    const listed = servers.flatMap((host) => {
      expect([host.roles.includes('backup-server'), presentedLuns(host).length]).toEqual([true, 0]);
      const { backupProduct } = hostReport(host, sending).facts;
      const product = backupProduct !== undefined && 'value' in backupProduct ? backupProduct.value : null;
      return product !== null && 'value' in product.proxies ? product.proxies.value : [];
    });
    const names = listed.map(({ hostName }) => hostName.toLowerCase().split('.')[0]);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(fleet.hosts.length * 0.9);
    expect(names.length).toBeLessThan(fleet.hosts.length);
  });

  it('has the 2008 R2 proxy whose Service Pack was refused, and keeps it', () => {
    for (const { hosts } of lives(fleet, 60)) {
      const seed = hosts.find((host) => host.hostname === 'ams-pxy-07')!;
      const { facts } = hostReport(seed, sending);
      expect(modeOf(seed)).toBe('direct-san');
      expect(facts).toMatchObject({ platform: 'windows', os: { value: { version: '6.1.7600' } } });
      expect(text(facts)).toContain('0x800f0a12');
      expect(disksOf(seed).length).toBeGreaterThan(8);
    }
  });

  it('has up to 38 disks and eleven updates in a report of about twenty kilobytes', () => {
    const sizes = fleet.hosts.map((host) => disksOf(host).length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(38);
    expect(Math.max(...sizes)).toBeGreaterThanOrEqual(30);
    for (const host of fleet.hosts.filter((one) => one.system.platform === 'windows'))
      expect(hostReport(host, sending).facts).toMatchObject({ updateHistory: { value: { length: 11 } } });
    const largest = Math.max(...fleet.hosts.map((host) => text(hostReport(host, sending)).length));
    expect(largest).toBeGreaterThan(16_000);
    expect(largest).toBeLessThan(26_000);
  });

  it('has hosts of every mode and both platforms, well kept for the most part', () => {
    const share = (claim: (host: SampleHost) => boolean) => fleet.hosts.filter(claim).length / fleet.hosts.length;
    expect(share((host) => host.mode === 'direct-san')).toBeGreaterThan(0.2);
    expect(share((host) => host.mode === 'virtual-appliance')).toBeGreaterThan(0.4);
    expect(share((host) => host.mode === 'network')).toBeGreaterThan(0.05);
    expect(share((host) => host.system.platform === 'linux')).toBeGreaterThan(0.1);
    expect(share((host) => host.flaws.length === 0)).toBeGreaterThan(0.6);
    expect(new Set(fleet.hosts.map((host) => host.hostname)).size).toBe(142);
    expect(new Set(fleet.hosts.map((host) => host.installId)).size).toBe(142);
  });

  it('meets every flaw somewhere in a large fleet', () => {
    const met = new Set(sampleFleet({ ...order, hosts: 2000, vcenters: 8 }).hosts.flatMap((host) => host.flaws));
    expect([...met].sort()).toEqual([...flaws].sort());
  });

  it('tells vCenter maps that the contract takes, with ids that repeat between vCenters', () => {
    const maps = fleet.vcenters.map((vcenter) => lunMapOf(vcenter, asOf));
    for (const map of maps) expect(LunMap.safeParse(map).error).toBeUndefined();
    expect(maps[0]!.datastores[0]!.id).toBe(maps[1]!.datastores[0]!.id);
    expect(new Set(maps.flatMap((map) => map.vms.map((vm) => vm.name))).size).toBe(
      maps.flatMap((map) => map.vms).length,
    );
    for (const { vms } of maps) expect(new Set(vms.map((vm) => vm.id)).size).toBe(vms.length);
  });

  it('makes ten thousand proxies', () => {
    expect(sampleFleet({ ...order, hosts: 10_000, vcenters: 20 }).hosts).toHaveLength(10_000);
  }, 60_000);
});

describe('a step of the fleet', () => {
  it('changes a few hosts at a time, and all sorts of things in the long run', () => {
    const all = lives(fleet, 120);
    const changes = all.slice(1).map((after, at) => after.hosts.filter((host, n) => host !== all[at]!.hosts[n]));
    expect(Math.max(...changes.map((hosts) => hosts.length))).toBeLessThanOrEqual(20);
    expect(changes.filter((hosts) => hosts.length === 0).length).toBeLessThan(12);
    const silent = all.map(({ hosts }) => hosts.filter((host) => host.isSilent).length);
    expect(new Set(silent).size).toBeGreaterThan(1);
    expect(Math.max(...silent)).toBeLessThan(8);
    const flawed = all.map(({ hosts }) => hosts.filter((host) => host.flaws.length > 0).length);
    expect(Math.max(...flawed)).toBeLessThan(71);
    expect(Math.min(...flawed)).toBeGreaterThan(14);
  });
});

describe('a fleet that has lived long', () => {
  it('is as well kept as on its first day', () => {
    let old = fleet;
    while (old.step < 5000) old = evolve(old);
    const share = old.hosts.filter((host) => host.flaws.length > 0).length / old.hosts.length;
    expect(share).toBeGreaterThan(0.1);
    expect(share).toBeLessThan(0.4);
  });
});

describe('the true reach of a host', () => {
  it('is what a naive join of its report with every map finds', () => {
    const rows = fleet.vcenters.flatMap((vcenter) => {
      const { datastores, vms } = lunMapOf(vcenter, asOf);
      return datastores.map((store) => ({
        id: `${vcenter.uuid}/${store.id}`,
        keys: store.extents.flatMap((extent) => extent.keys),
        vms: vms.filter((vm) => vm.datastores.includes(store.id)).map((vm) => `${vcenter.uuid}/${vm.id}`),
      }));
    });
    const reachOf = reachIn(fleet);
    for (const host of fleet.hosts) {
      const keys = new Set(
        disksOf(host).flatMap((disk) => ('number' in disk ? keysOfWindowsDisk(disk) : keysOfLinuxDisk(disk))),
      );
      if (host.flaws.includes('access-denied')) continue;
      const met = rows.filter((row) => row.keys.some((key) => keys.has(key)));
      const found = {
        datastores: met.map((row) => row.id).sort(),
        vms: [...new Set(met.flatMap((row) => row.vms))].sort(),
      };
      expect(reachOf(host), host.hostname).toMatchObject(found);
    }
  });

  it('counts a VM on two datastores once, and a LUN without a datastore as a stranger', () => {
    const reachOf = reachIn(fleet);
    const seed = fleet.hosts.find((host) => host.hostname === fleet.seedHost)!;
    const vcenter = fleet.vcenters[seed.vcenter]!;
    const pairs = clustersOf(vcenter)
      .flatMap((cluster) => cluster.vms)
      .flatMap((vm) => vm.datastores.filter((id) => reachOf(seed).datastores.includes(`${vcenter.uuid}/${id}`)));
    expect(reachOf(seed).vms.length).toBeLessThan(pairs.length);
    expect(reachOf(seed).strangers).toBe(0);
    expect(reachOf({ ...seed, flaws: ['unmapped-lun'] }).strangers).toBeGreaterThan(0);
  });
});
