import type { BackupProduct, Finding, HostFacts, ListedProxy, ProxyReport, WindowsFacts } from '@lunwarden/contract';
import { storyVcenter, vmfsDisk, windowsBootDisk, windowsFacts } from '@lunwarden/sample-fleet';
import { expect } from 'vitest';
import { type EnrolledHost, JudgedFleet } from './judged-fleet.js';

// Hosts for specs about what stands around reports: what they differ from, and what others say of them.

/** The fleet that `start` made last. */
export let fleet: JudgedFleet;

const direct = { value: { configured: 'direct-san', directKind: 'san', source: 'product' } } as const;
/** A well-kept Direct SAN proxy with one VMFS LUN in sight. */
export const beside = (facts: Partial<WindowsFacts> = {}): WindowsFacts =>
  windowsFacts({ transport: direct, disks: { value: [windowsBootDisk(), vmfsDisk(1)] }, ...facts });
export const onlineAll = { sanPolicy: { value: 'OnlineAll' } } as const;
export const unread = { unknown: 'denied' } as const;
/** Says something that no rule asks for here. */
export const elsewhere = (n: number) => ({ staleMountPoints: { value: n } });

export async function start(): Promise<void> {
  fleet = await JudgedFleet.start('2026-11-20T06:00:00.000Z');
  await fleet.collected(await fleet.vcenter(), { isFirst: true });
  await fleet.deliver();
}
export async function reported(name: string, facts: HostFacts = beside()): Promise<EnrolledHost> {
  const host = await fleet.enrolled(name);
  expect(await fleet.send(host, { ...facts, hostname: name })).toBe('accepted');
  return host;
}
/** The next report of a host, a minute later. */
export const report = (host: EnrolledHost, name: string, facts: HostFacts, changes: Partial<ProxyReport> = {}) => {
  fleet.pass(1);
  return fleet.send(host, { ...facts, hostname: name }, changes);
};
export const finding = async (host: EnrolledHost, code: string): Promise<Finding> => {
  const one = (await fleet.page(host)).assessment.findings.find((each) => each.code === code);
  if (one === undefined) throw new Error(`${code} is no rule`);
  return one;
};
export const verdict = async (host: EnrolledHost, code: string) => (await finding(host, code)).verdict;
export const verdicts = async (host: EnrolledHost, codes: readonly string[]) =>
  Object.fromEntries(await Promise.all(codes.map(async (code) => [code, await verdict(host, code)] as const)));
/** Judging the host again, and again after everything in memory is gone, changes nothing that a reader sees. */
export async function staysSo(host: EnrolledHost): Promise<void> {
  const seen = async () => (await fleet.page(host)).assessment.findings.map(({ code, verdict: said }) => [code, said]);
  await fleet.sweep();
  const before = await seen();
  await fleet.judgeEveryone();
  expect(await seen()).toEqual(before);
  await fleet.sweep();
  expect(await seen()).toEqual(before);
}

export const listed = (hostName: string, change: Partial<ListedProxy> = {}): ListedProxy => ({
  hostName,
  isOnline: { value: true },
  isDisabled: { value: false },
  isOutOfDate: { value: false },
  encryptsNetwork: { value: true },
  selectsDatastores: { value: false },
  neededDatastores: { value: [{ vcenter: storyVcenter.name, name: 'gold', moref: 'datastore-1' }] },
  sanRestores: { value: 0 },
  jobs: { value: { areEnabled: false, runningTasks: 0 } },
  ...change,
});
export const backupServer = (proxies: BackupProduct['proxies'], change: Partial<BackupProduct> = {}): WindowsFacts =>
  windowsFacts({
    roles: { value: ['backup-server'] },
    backupProduct: {
      value: {
        name: 'Veeam Backup & Replication',
        build: '12.3.2.3617',
        patches: { value: [] },
        isDomainJoined: { value: false },
        proxies,
        ...change,
      },
    },
  });
export const automatic = beside({
  transport: { value: { configured: 'network', allowFallback: true, source: 'product' } },
});
