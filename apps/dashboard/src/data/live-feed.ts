import { LiveFrame, livePath } from '@lunwarden/contract';
import { applyFrame, type Fleet } from '@lunwarden/live';
import type { QueryClient } from '@tanstack/react-query';
import { backoffMs } from './backoff.js';
import { FrameBuffer } from './frame-buffer.js';
import { findingsKey, fleetKey, hostFindingsKey, hostKey, welcomeKey } from './keys.js';
import type { ServerClock } from './server-clock.js';

export type LiveState = {
  link: 'connecting' | 'live' | 'reconnecting';
  isPaused: boolean;
  /** Changes that a paused page holds back. */
  waiting: number;
  /** When the server was last heard, by this browser's clock in ms; null = not yet. */
  heardAt: number | null;
};
const silent: LiveState = { link: 'connecting', isPaused: false, waiting: 0, heardAt: null };

const flushMs = 250;
/** Heartbeats come this often until the server says otherwise. */
const defaultHeartbeatMs = 15_000;

/**
 * The one socket. It feeds the fleet in the query cache in batches and asks for a fresh snapshot whenever it may have
 * missed something: a hole in `seq`, a resync, every reconnect (sightings are not numbered). No component knows it.
 */
export class LiveFeed {
  readonly #cache: QueryClient;
  readonly #clock: ServerClock;
  readonly #origin: string;
  readonly #listeners = new Set<() => void>();
  readonly #buffer = new FrameBuffer();
  #state = silent;
  #socket: WebSocket | null = null;
  #attempt = 0;
  #heartbeatMs = defaultHeartbeatMs;
  #flushTimer: ReturnType<typeof setTimeout> | null = null;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #watchdog: ReturnType<typeof setTimeout> | undefined;

  /** `origin` is the API's, e.g. `http://127.0.0.1:8420`. */
  constructor(cache: QueryClient, clock: ServerClock, origin: string) {
    this.#cache = cache;
    this.#clock = clock;
    this.#origin = origin;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly state = (): LiveState => this.#state;

  /** Connects and stays connected until the returned function is called. */
  readonly start = (): (() => void) => {
    this.#connect();
    return () => {
      clearTimeout(this.#retryTimer);
      clearTimeout(this.#watchdog);
      if (this.#flushTimer !== null) clearTimeout(this.#flushTimer);
      this.#flushTimer = null;
      this.#buffer.clear();
      const socket = this.#socket;
      this.#socket = null;
      socket?.close();
      this.#tell(silent);
    };
  };

  /** A paused page keeps what comes and shows how much waits; verdicts still expire. */
  readonly pause = (isPaused: boolean): void => {
    this.#tell({ ...this.#state, isPaused });
    if (!isPaused) this.#flush();
  };

  #connect(): void {
    const fleet = this.#cache.getQueryData<Fleet>(fleetKey);
    const url = new URL(livePath, this.#origin);
    url.protocol = url.protocol.replace('http', 'ws');
    if (fleet !== undefined) url.searchParams.set('since', String(fleet.seq));
    const socket = new WebSocket(url);
    this.#socket = socket;
    socket.onmessage = (event) => {
      if (socket === this.#socket) this.#hear(String(event.data));
    };
    socket.onclose = () => {
      if (socket === this.#socket) this.#reconnect();
    };
    this.#watch();
  }

  #reconnect(): void {
    this.#socket = null;
    clearTimeout(this.#watchdog);
    this.#tell({ ...this.#state, link: 'reconnecting' });
    // A refused upgrade does not say why: perhaps the session ended.
    void this.#cache.invalidateQueries({ queryKey: welcomeKey });
    this.#retryTimer = setTimeout(() => this.#connect(), backoffMs(this.#attempt, Math.random));
    this.#attempt += 1;
  }

  /** A link that went silent is dead, whatever TCP believes. */
  #watch(): void {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => {
      const socket = this.#socket;
      this.#reconnect();
      socket?.close();
    }, this.#heartbeatMs * 2.5);
  }

  #hear(text: string): void {
    const frame = parseFrame(text);
    this.#watch();
    if (frame === null) {
      this.#refetch();
      return;
    }
    if (frame.type === 'hello' || frame.type === 'heartbeat') {
      this.#clock.tell(frame.serverTime);
      this.#tell({ ...this.#state, heardAt: Date.now() });
    }
    if (frame.type === 'hello') this.#greet(frame);
    this.#buffer.add(frame);
    if (this.#state.isPaused) this.#tell({ ...this.#state, waiting: this.#buffer.size });
    else this.#flushTimer ??= setTimeout(() => this.#flush(), flushMs);
  }

  #greet(hello: Extract<LiveFrame, { type: 'hello' }>): void {
    this.#heartbeatMs = hello.heartbeatMs;
    this.#watch();
    const isReturn = this.#state.link === 'reconnecting';
    this.#attempt = 0;
    this.#tell({ ...this.#state, link: 'live' });
    if (isReturn) this.#refetch();
  }

  #flush(): void {
    this.#flushTimer = null;
    const before = this.#cache.getQueryData<Fleet>(fleetKey);
    if (this.#state.isPaused) return;
    // While a snapshot is on its way everything waits for it: it would overwrite what is added now.
    if (before === undefined || this.#cache.isFetching({ queryKey: fleetKey }) > 0) {
      this.#flushTimer = setTimeout(() => this.#flush(), flushMs);
      return;
    }
    const frames = this.#buffer.take();
    const after = frames.reduce<Fleet | 'gap'>(
      (fleet, frame) => (fleet === 'gap' ? fleet : applyFrame(fleet, frame)),
      before,
    );
    if (this.#state.waiting !== 0) this.#tell({ ...this.#state, waiting: 0 });
    if (after === 'gap') this.#refetch();
    else if (after !== before) {
      this.#cache.setQueryData<Fleet>(fleetKey, after);
      this.#renewHosts(frames);
    }
  }

  #renewHosts(frames: readonly LiveFrame[]): void {
    for (const frame of frames) {
      if (frame.type !== 'changes') continue;
      for (const change of frame.changes) {
        if (change.kind === 'host') void this.#cache.invalidateQueries({ queryKey: hostKey(change.host.hostId) });
        if (change.kind === 'findings') this.#renewFindings(change.hostId);
      }
    }
  }

  /** A storm of them must not keep the answer from ever arriving. */
  #renewFindings(hostId: string): void {
    const gently = { cancelRefetch: false };
    void this.#cache.invalidateQueries({ queryKey: hostFindingsKey(hostId) }, gently);
    void this.#cache.invalidateQueries({ queryKey: findingsKey }, gently);
  }

  /** What is in flight was asked before the gap was noticed, so it is asked again. */
  #refetch(): void {
    void this.#cache.invalidateQueries({ queryKey: fleetKey });
    void this.#cache.invalidateQueries({ queryKey: hostKey() });
    void this.#cache.invalidateQueries({ queryKey: findingsKey });
  }

  #tell(state: LiveState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

function parseFrame(text: string): LiveFrame | null {
  try {
    return LiveFrame.parse(JSON.parse(text));
  } catch {
    // Not our protocol: the caller asks for a snapshot instead of guessing.
    return null;
  }
}
