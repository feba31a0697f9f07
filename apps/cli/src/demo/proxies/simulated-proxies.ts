import { setTimeout as sleep } from 'node:timers/promises';
import { hostReport, type SampleFleet, type SampleHost } from '@lunwarden/sample-fleet';
import type { StateFile } from '../demo-state.js';
import type { AgentClient, Spoken } from './agent-client.js';
import { Turns } from './turns.js';

/** How many proxies speak at the same time, and how long anyone waits at most before it reports again. */
const voices = 8;
const longestPauseMs = 240_000;
const retryMs = 2000;
const dayMs = 86_400_000;

export type ProxyDoors = {
  client: AgentClient;
  createEnrollToken(): Promise<string>;
  /** Called once when the API knows none of our keys: its database is a new one. */
  onForgotten(): Promise<void>;
  log(line: string): void;
};

/** The proxies of the sample fleet: they enrol once, report what changes at once, and the rest now and then. */
export class SimulatedProxies {
  readonly #turns = new Turns();
  readonly #hosts = new Map<string, SampleHost>();
  readonly #sent = new Map<string, { boots: number; seq: number }>();
  readonly #outstanding = new Set<string>();
  /** Pre-flights that somebody waits for, by host. */
  readonly #nonces = new Map<string, string>();
  readonly #keysTried = { accepted: 0, refused: 0 };
  #token: Promise<string> | null = null;
  #isReachable = true;
  #onAllSpoken: () => void = () => undefined;
  /** Resolves when every proxy has had its first turn. */
  readonly allSpoken = new Promise<void>((resolve) => {
    this.#onAllSpoken = resolve;
  });

  constructor(
    private readonly doors: ProxyDoors,
    private readonly file: StateFile,
  ) {}

  get waiting(): number {
    return this.#outstanding.size;
  }

  /** Takes the fleet as it is now; proxies that changed report at once. */
  become(fleet: SampleFleet): void {
    for (const host of fleet.hosts) {
      const before = this.#hosts.get(host.hostname);
      if (before === host) continue;
      this.#hosts.set(host.hostname, host);
      if (before === undefined) this.#outstanding.add(host.hostname);
      this.#turns.call(host.hostname, Date.now());
    }
  }

  /** Somebody waits for this proxy: it speaks at once. */
  hurry(hostname: string): void {
    this.#turns.call(hostname, Date.now());
  }

  /** Speaks until the signal ends it. */
  async run(signal: AbortSignal): Promise<void> {
    await Promise.all(
      Array.from({ length: voices }, async () => {
        while (!signal.aborted) {
          const name = this.#turns.take(Date.now());
          const host = this.#hosts.get(name ?? '');
          if (host === undefined) await sleep(100, undefined, { signal }).catch(() => undefined);
          else this.#turns.done(host.hostname, await this.#turn(host), Date.now());
        }
      }),
    );
  }

  /** @returns when this host is due again. */
  async #turn(host: SampleHost): Promise<number> {
    const key = this.file.state.keys[host.hostname];
    if (key !== undefined) return host.isSilent ? this.#silence(host) : await this.#report(host, key);
    return await this.#enroll(host);
  }

  async #enroll(host: SampleHost): Promise<number> {
    this.#token ??= this.doors.createEnrollToken();
    const token = await this.#token.catch(() => null);
    const { hostname, installId, system } = host;
    const spoken: Spoken<{ key: string; hostId: string }> =
      token === null
        ? { kind: 'busy', retryAfterMs: retryMs }
        : await this.doors.client.enroll({ token, installId, hostname, platform: system.platform });
    if (spoken.kind !== 'ok') {
      // Used up, expired, or never made: the next one asks for another.
      if (token === null || spoken.kind === 'not-known') this.#token = null;
      return this.#tryAgain(host, spoken);
    }
    this.file.state.keys[hostname] = spoken.value.key;
    this.file.state.ids[hostname] = spoken.value.hostId;
    this.file.save();
    if (!host.isSilent) return Date.now();
    // Some fell silent before they ever spoke; the others left a spooled report of some days ago.
    if (host.seed % 3 === 0) return this.#silence(host);
    await this.#report(host, spoken.value.key, (2 + (host.seed % 4)) * dayMs);
    return Number.POSITIVE_INFINITY;
  }

  async #report(host: SampleHost, key: string, ageMs = 0): Promise<number> {
    // Each start of the demo is a boot of its own.
    const boots = host.boots + this.file.state.starts * 1000;
    const last = this.#sent.get(host.hostname);
    const seq = last?.boots === boots ? last.seq + 1 : 1;
    this.#sent.set(host.hostname, { boots, seq });
    const report = hostReport({ ...host, boots }, { now: new Date().toISOString(), seq, ageMs });
    const nonce = this.#nonces.get(host.hostname);
    const spoken = await this.doors.client.report(key, nonce === undefined ? report : { ...report, nonce });
    if (spoken.kind === 'not-known') return await this.#keyRefused(host);
    if (spoken.kind !== 'ok') return this.#tryAgain(host, spoken);
    this.#keysTried.accepted++;
    this.#hasSpoken(host);
    const asked = spoken.value.nonce;
    if (asked === undefined) this.#nonces.delete(host.hostname);
    else this.#nonces.set(host.hostname, asked);
    // Somebody waits for this answer: once, since one that is not taken is asked for again.
    if (asked !== undefined && asked !== nonce) return Date.now();
    return Date.now() + Math.min(spoken.value.nextReportInMs, longestPauseMs) * (0.8 + 0.2 * Math.random());
  }

  /** A proxy whose key alone is refused was retired by somebody, and stays away. */
  async #keyRefused(host: SampleHost): Promise<number> {
    const tried = this.#keysTried;
    tried.refused++;
    const all = Math.min(5, this.#hosts.size);
    if (tried.accepted === 0 && tried.refused === all) {
      Object.assign(this.file.state, { keys: {}, ids: {}, plannedUpTo: null });
      this.file.save();
      await this.doors.onForgotten();
      for (const name of this.#hosts.keys()) this.#turns.call(name, Date.now());
    }
    return this.file.state.keys[host.hostname] === undefined ? Date.now() : this.#silence(host);
  }

  #silence(host: SampleHost): number {
    this.#hasSpoken(host);
    return Number.POSITIVE_INFINITY;
  }

  #hasSpoken(host: SampleHost): void {
    if (!this.#isReachable) this.doors.log('The API answers again.');
    this.#isReachable = true;
    if (this.#outstanding.delete(host.hostname) && this.#outstanding.size === 0) this.#onAllSpoken();
  }

  #tryAgain(host: SampleHost, spoken: Exclude<Spoken<unknown>, { kind: 'ok' }>): number {
    switch (spoken.kind) {
      case 'busy':
        return Date.now() + spoken.retryAfterMs * (1 + Math.random() / 2);
      case 'unreachable':
        if (this.#isReachable) this.doors.log('The API does not answer; the proxies keep trying.');
        this.#isReachable = false;
        return Date.now() + retryMs * (1 + Math.random());
      case 'not-known':
        return Date.now() + retryMs * (1 + Math.random());
      case 'refused':
        this.doors.log(`${host.hostname}: ${spoken.detail}`);
        this.#hasSpoken(host);
        return Date.now() + longestPauseMs;
    }
  }
}
