import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import {
  automatic,
  backupServer,
  beside,
  elsewhere,
  finding,
  fleet,
  listed,
  onlineAll,
  report,
  reported,
  start,
  staysSo,
  verdict,
  verdicts,
} from '../../../e2e/around-fleet.js';
import type { EnrolledHost } from '../../../e2e/judged-fleet.js';
import { Clock } from '../../clock.js';
import { FindingsService } from '../../findings/findings.service.js';
import { OverridesService } from '../../gate/overrides.service.js';
import { PreflightDesk } from '../../gate/preflight-desk.js';
import { WindowsService } from '../../gate/windows.service.js';
import type { SessionPrincipal } from '../../http/principal.js';

afterEach(() => fleet.close());

const hour = 60;
const inHours = (hours: number) => new Date(Date.parse(fleet.now()) + hours * 3_600_000).toISOString();
const plan = (startsIn: number, endsIn: number, hosts: readonly EnrolledHost[] | null = null) =>
  fleet.part(WindowsService).add(
    {
      name: 'patch night',
      startsAt: inHours(startsIn),
      endsAt: inHours(endsIn),
      timeZone: 'UTC',
      hostIds: hosts?.map(({ hostId }) => hostId) ?? null,
    },
    'ada',
  );

const person = (username: string): SessionPrincipal => ({
  kind: 'user',
  userId: randomUUID(),
  username,
  role: 'admin',
  sessionId: 's',
  expiresAt: inHours(1),
});

describe('what is planned for a host', () => {
  it('is judged when a window is planned, opens, ends and goes unverified, with nobody reporting anything new', async () => {
    await start();
    const host = await reported('planned', beside(onlineAll));
    const other = await reported('other');
    const codes = ['CHG-001', 'CHG-002', 'CHG-003', 'CHG-004', 'CHG-005', 'COL-002'];
    expect(await verdicts(host, codes)).toEqual({
      'CHG-001': 'not-applicable',
      'CHG-002': 'not-applicable',
      'CHG-003': 'not-applicable',
      'CHG-004': 'not-applicable',
      'CHG-005': 'safe',
      'COL-002': 'safe',
    });
    await plan(2, 4, [host]);
    await fleet.sweep();
    expect(await verdicts(host, ['CHG-001', 'CHG-002'])).toEqual({ 'CHG-001': 'at-risk', 'CHG-002': 'at-risk' });
    expect(await verdict(other, 'CHG-002')).toBe('not-applicable');
    expect((await fleet.row(host)).validUntil).toBe(inHours(2));
    await staysSo(host);
    fleet.pass(2 * hour + 1);
    await fleet.sweep();
    // Nobody knows what the jobs do, and a window is open.
    expect(await verdict(host, 'CHG-003')).toBe('unknown');
    fleet.pass(2 * hour);
    await fleet.sweep();
    expect(await verdict(host, 'CHG-004')).toBe('unknown');
    await plan(24 * 20, 24 * 20 + 1);
    fleet.pass(2 * hour + 1);
    await fleet.sweep();
    expect(await finding(host, 'CHG-004')).toMatchObject({ verdict: 'at-risk', severity: 'high' });
    await staysSo(host);
    // The same facts as ever prove that it is back.
    await report(host, 'planned', beside(onlineAll));
    await fleet.sweep();
    expect(await verdict(host, 'CHG-004')).toBe('safe');
    await staysSo(host);
  });

  it('is settled after a window by a report that says nothing new and takes the short way', async () => {
    await start();
    const host = await reported('short-way');
    await plan(-0.1, 0.2, [host]);
    await fleet.sweep();
    fleet.pass(13);
    expect(await report(host, 'short-way', beside())).toBe('unchanged');
    await fleet.sweep();
    await fleet.sweep();
    expect(await verdict(host, 'CHG-004')).toBe('safe');
  });

  it('asks for guards and a pre-flight, and is content with both', async () => {
    await start();
    const host = await reported('ready');
    const window = await plan(3, 5, [host]);
    await fleet.sweep();
    expect(await verdicts(host, ['CHG-001', 'CHG-002'])).toEqual({ 'CHG-001': 'safe', 'CHG-002': 'at-risk' });
    const desk = fleet.part(PreflightDesk);
    await desk.request(host.hostId, 'ada');
    const nonce = (await fleet.store.read.preflights.waiting(inHours(-1))).get(host.hostId)!;
    fleet.pass(1);
    const result = await fleet.send(host, { ...beside(), hostname: 'ready' }, { nonce });
    const receipt = { reportId: randomUUID(), result, nextReportInMs: 1 };
    await desk.receipt({ hostId: host.hostId, nonce, ageMs: 0, at: new Date(fleet.now()) }, receipt);
    await fleet.sweep();
    expect(await verdict(host, 'CHG-002')).toBe('safe');
    await staysSo(host);
    await fleet.part(WindowsService).remove(window.id);
    await fleet.sweep();
    expect(await verdicts(host, ['CHG-001', 'CHG-002'])).toEqual({
      'CHG-001': 'not-applicable',
      'CHG-002': 'not-applicable',
    });
  });

  it('knows of jobs what the product said within the last quarter of an hour', async () => {
    await start();
    const host = await reported('busy', automatic);
    const says = (areEnabled: boolean) =>
      backupServer({ value: [listed('busy', { jobs: { value: { areEnabled, runningTasks: 0 } } })] });
    const server = await reported('vbr', says(false));
    await plan(-0.1, 3, [host]);
    await fleet.sweep();
    expect(await verdict(host, 'CHG-003')).toBe('safe');
    await report(server, 'vbr', says(true));
    await fleet.sweep();
    expect(await verdict(host, 'CHG-003')).toBe('at-risk');
    await report(server, 'vbr', says(false));
    await fleet.sweep();
    fleet.pass(16);
    await report(host, 'busy', automatic);
    await fleet.sweep();
    expect(await verdict(host, 'CHG-003')).toBe('unknown');
  });

  it('warns for a week of a report number that was used again', async () => {
    await start();
    const host = await reported('numbers');
    const first = await fleet.next(host, { ...beside(elsewhere(1)), hostname: 'numbers' });
    await fleet.intake.accept(host.hostId, first);
    const other = await fleet.next(host, { ...beside(elsewhere(2)), hostname: 'numbers' });
    const reused = { ...other, head: { ...other.head, reportId: first.head.reportId } };
    await expect(fleet.intake.accept(host.hostId, reused)).rejects.toMatchObject({ code: 'conflict' });
    await fleet.sweep();
    expect(await finding(host, 'COL-002')).toMatchObject({ verdict: 'at-risk', severity: 'high' });
    await staysSo(host);
    for (let n = 0; n < 3; n++) await fleet.intake.accept(host.hostId, reused).catch(() => undefined);
    expect(await fleet.store.dataSource.query('SELECT 1 FROM report_refusal')).toHaveLength(1);
    fleet.pass(7 * 24 * hour + 1);
    await report(host, 'numbers', beside());
    expect(await verdict(host, 'COL-002')).toBe('safe');
  });

  it('calls an accepted risk overdue from its last day on, until somebody does something about the finding', async () => {
    await start();
    const host = await reported('accepted', beside(onlineAll));
    const findings = new FindingsService(fleet.store, fleet.part(Clock));
    const work = async () => (await findings.ofHost(host.hostId)).find(({ code }) => code === 'WIN-001')!;
    const { rule, version } = await work();
    const until = inHours(1);
    await findings.update(host.hostId, rule, { version, state: 'accepted', note: 'replaced tonight', until }, 'ada');
    await fleet.sweep();
    expect(await verdict(host, 'CHG-005')).toBe('safe');
    expect((await fleet.row(host)).validUntil).toBe(until);
    fleet.pass(hour + 1);
    await fleet.sweep();
    expect(await finding(host, 'CHG-005')).toMatchObject({ verdict: 'at-risk', severity: 'medium' });
    expect(await work()).toMatchObject({ state: 'open', voided: 'expired' });
    await staysSo(host);
    await findings.update(host.hostId, rule, { version: (await work()).version, state: 'acknowledged' }, 'ada');
    await fleet.sweep();
    expect(await verdict(host, 'CHG-005')).toBe('safe');
  });

  it('calls an override overdue whose host was never heard of since, and closes it with the next report', async () => {
    await start();
    const host = await reported('overridden', beside(onlineAll));
    const window = await plan(0.5, 3, [host]);
    const desk = fleet.part(OverridesService);
    const reason = 'the array is being replaced tonight';
    const asked = { hostId: host.hostId, windowId: window.id, reason, expiresAt: inHours(1) };
    const { id } = await desk.request(asked, person('ada'));
    await desk.approve(id, person('bob'));
    fleet.pass(hour + 1);
    await fleet.sweep();
    expect(await verdict(host, 'CHG-005')).toBe('at-risk');
    expect(await report(host, 'overridden', beside(onlineAll))).toBe('unchanged');
    await fleet.sweep();
    expect(await verdict(host, 'CHG-005')).toBe('safe');
    await staysSo(host);
  });
});
