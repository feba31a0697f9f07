import { HostGate } from '@lunwarden/contract';
import { vmfsDisk, windowsBootDisk, windowsFacts } from '@lunwarden/sample-fleet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEnvironment } from '../src/environment.js';
import { run } from '../src/run.js';
import { admin, type EnrolledProxy, type House, openHouse } from './house.js';

const hour = 3_600_000;
const good = windowsFacts();
const luns = [windowsBootDisk(), vmfsDisk(1)];
const bad = windowsFacts({
  sanPolicy: { value: 'OnlineAll' },
  automount: { value: 'enabled' },
  disks: { value: luns },
});
/** Not exposed, but nobody knows how the backup product reads: to be confirmed first. */
const unsure = windowsFacts({ transport: { unknown: 'not_collected' } });

let house: House;
const proxies: Record<string, EnrolledProxy> = {};
const windows: Record<string, string> = {};

beforeAll(async () => {
  house = await openHouse();
  const at = (ms: number) => new Date(Date.now() + ms).toISOString();
  for (const [name, startsAt] of Object.entries({ tonight: at(-hour), tomorrow: at(20 * hour) })) {
    const request = { name, startsAt, endsAt: at(24 * hour), timeZone: 'Europe/Berlin', hostIds: null };
    const answer = await house.post('/api/v1/windows', request);
    windows[name] = ((await answer.json()) as { id: string }).id;
  }
  for (const [name, facts] of Object.entries({ ready: good, exposed: bad, careful: unsure })) {
    const proxy = await house.enroll(name);
    proxies[name] = proxy;
    await house.report(proxy, facts, { ageMs: 0 });
    await house.post(`/api/v1/hosts/${proxy.hostId}/preflight`, {});
    const { receipt } = await house.report(proxy, facts, { ageMs: 0 });
    await house.report(proxy, facts, { ageMs: 0, nonce: receipt.nonce });
  }
  proxies.silent = await house.enroll('silent');
  await house.report(proxies.silent, good, { ageMs: 0 });
});
afterAll(() => house.close());

/** Runs the command line as main.ts does, against the house. */
async function lunwarden(args: string[], variables: Record<string, string> = {}) {
  const lines: string[] = [];
  const said: string[] = [];
  const environment = readEnvironment({
    LUNWARDEN_URL: house.url,
    LUNWARDEN_USER: admin.username,
    LUNWARDEN_PASSWORD: admin.password,
    ...variables,
  });
  const say = (line: string) => void said.push(line);
  const world = { environment, out: (line: string) => void lines.push(line), say };
  const code = await run(args, () => world, say);
  return { code, out: lines.join('\n'), said: said.join('\n') };
}
const check = (host: string, window = 'tonight', ...more: string[]) =>
  lunwarden(['gate', 'check', '--host', host, '--window', window, ...more]);

describe('lunwarden gate check', () => {
  it('ends with 0 for a go', async () => {
    const { code, out } = await check('ready');
    expect({ code, first: out.split(' ')[0] }).toEqual({ code: 0, first: 'GO' });
  });

  it('ends with 1 for a no-go, with its reasons and the runbook', async () => {
    const { code, out } = await check('exposed');
    expect(code).toBe(1);
    expect(out).toMatch(/^NO-GO {2}exposed in tonight/);
    expect(out).toContain('SAN policy is OnlineAll');
    expect(out).toMatch(/2\. Unzone/);
  });

  it('ends with 1 for steps, unless they are accepted', async () => {
    const { code, out } = await check('careful');
    expect({ code, verdict: out.startsWith('GO WITH STEPS') }).toEqual({ code: 1, verdict: true });
    expect(out).toMatch(/1\. Disable the backup jobs/);
    expect((await check('careful', 'tonight', '--accept-steps')).code).toBe(0);
    expect((await check('exposed', 'tonight', '--accept-steps')).code).toBe(1);
  });

  it('ends with 2 for what nobody knows: a host without a pre-flight', async () => {
    const { code, out } = await check('silent');
    expect({ code, verdict: out.startsWith('UNKNOWN') }).toEqual({ code: 2, verdict: true });
    expect((await check('silent', 'tonight', '--accept-steps')).code).toBe(2);
  });

  it('waits for a pre-flight that it asked for, and ends with 2 if the host is silent', async () => {
    expect((await check('silent', 'tonight', '--preflight', '--wait', '1')).code).toBe(2);
  });

  it('asks for a pre-flight, and says go when the host sends its nonce back', async () => {
    const proxy = await house.enroll('agent');
    await house.report(proxy, good, { ageMs: 0 });
    const running = check('agent', 'tonight', '--preflight', '--wait', '60');
    let nonce: string | undefined;
    while (nonce === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 300));
      nonce = (await house.report(proxy, good, { ageMs: 0 })).receipt.nonce;
    }
    await house.report(proxy, good, { ageMs: 0, nonce });
    expect((await running).code).toBe(0);
  });

  it('lets nobody patch before the window, and plans for it', async () => {
    expect((await check('ready', 'tomorrow')).code).toBe(1);
    expect((await check('ready', 'tomorrow', '--plan')).code).toBe(0);
  });

  it.each([
    ['a host that there is not', ['--host', 'nobody', '--window', 'tonight'], 'There is no host nobody'],
    ['a window that there is not', ['--host', 'ready', '--window', 'never'], 'There is no change window never'],
    ['no window', ['--host', 'ready'], '--window'],
    ['a plan with a pre-flight', ['--host', 'ready', '--window', 'tonight', '--plan', '--preflight'], '--plan'],
    ['an option that there is not', ['--host', 'ready', '--window', 'tonight', '--force'], '--force'],
  ])('ends with 3 for %s', async (_name, args, words) => {
    const { code, out, said } = await lunwarden(['gate', 'check', ...args]);
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(said).toContain(words);
  });

  it('ends with 3 when nobody answers, or nobody lets it in', async () => {
    const args = ['gate', 'check', '--host', 'ready', '--window', 'tonight'];
    const refused = await lunwarden(args, { LUNWARDEN_URL: 'http://127.0.0.1:1' });
    expect({ code: refused.code, said: refused.said.includes('does not answer') }).toEqual({ code: 3, said: true });
    expect((await lunwarden(args, { LUNWARDEN_PASSWORD: 'not the password at all' })).code).toBe(3);
    expect((await lunwarden(args, { LUNWARDEN_URL: 'no url' })).code).toBe(3);
  });

  it('says with --json what the API says, and the window says the same of each host', async () => {
    const timeless = (answer: HostGate) => ({ ...answer, evaluatedAt: null, validUntil: null });
    for (const name of ['ready', 'exposed', 'careful', 'silent']) {
      const { hostId } = proxies[name]!;
      const { out } = await check(name, 'tonight', '--json');
      const told = HostGate.parse(JSON.parse(out));
      const api = HostGate.parse(
        await (await house.get(`/api/v1/hosts/${hostId}/gate?window=${windows.tonight}`)).json(),
      );
      expect(timeless(told)).toEqual(timeless(api));
      const page = await (await house.get(`/api/v1/windows/${windows.tonight}/gate?asks=now`)).json();
      const listed = (page as { hosts: HostGate[] }).hosts.find((host) => host.hostId === hostId)!;
      expect(timeless(listed)).toEqual(timeless(api));
      const { assessment } = await house.host(hostId);
      expect({ level: api.level, score: api.score }).toEqual({ level: assessment.level, score: assessment.score });
    }
  });
});
