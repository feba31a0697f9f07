import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { coalesce } from '@lunwarden/live';
import { Store } from '@lunwarden/store';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { type WebSocket, WebSocketServer } from 'ws';
import { Clock } from '../clock.js';
import { LiveClient } from './client.js';
import { type Guest, LiveDoor } from './live-door.js';
import { encode, ping } from './live-message.js';
import { type Backlog, StreamService } from './stream.service.js';

const heartbeatMs = 15_000;
/** Changes of so long a time share a frame: at most four frames a second and client. */
const frameEveryMs = 250;
/** How soon a session that ended loses its socket. */
const sessionsEveryMs = 4_000;

/** More open pages than anybody looks at; what one session can take from the others. */
const maxClients = 6_000;
const maxClientsOfSession = 10;
const tooMany = 'HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';
/** How long a client may take to answer a close. */
const farewellMs = 500;

const socketOptions = {
  noServer: true,
  clientTracking: false,
  // It costs ten times the frame and 250 KB a client.
  perMessageDeflate: false,
  // No client has anything to say but a pong and a goodbye: what is larger, in pieces, or drips in is cut off.
  maxPayload: 1_024,
  maxFragments: 2,
  maxBufferedChunks: 64,
} as const;

/** Tells every open dashboard what has changed, as it changes. */
@Injectable()
export class LiveGateway implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger(LiveGateway.name);
  private readonly clients = new Set<LiveClient>();
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly sockets = new WebSocketServer(socketOptions);
  private pending: { from: number; changes: Extract<Backlog, object>['changes']; to: number } | null = null;
  private frameTimer: NodeJS.Timeout | undefined;
  private lastFrameAt = 0;
  private seenUntil = '';

  constructor(
    private readonly stream: StreamService,
    private readonly door: LiveDoor,
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly host: HttpAdapterHost,
  ) {}

  onApplicationBootstrap(): void {
    const server: Server = this.host.httpAdapter.getHttpServer();
    server.on('upgrade', (request, socket, head) => {
      void this.door.admit(request, socket).then((guest) => {
        if (guest === null) return;
        if (!this.hasRoomFor(guest.sessionId)) return void socket.end(tooMany);
        this.sockets.handleUpgrade(request, socket, head, (ws) => void this.welcome(ws, socket, guest));
      });
    });
    this.stream.onGrowth((backlog, from) => this.hear(backlog, from));
    this.seenUntil = this.clock.iso();
    this.timers.push(
      setInterval(() => void this.beat(), heartbeatMs),
      setInterval(() => void this.dismissEnded(), sessionsEveryMs),
    );
  }

  /** Before the server closes: it waits for its sockets, and these never end by themselves. */
  onModuleDestroy(): void {
    clearTimeout(this.frameTimer);
    for (const timer of this.timers) clearInterval(timer);
    for (const { socket } of this.clients) {
      socket.close(1001, 'the server is stopping');
      setTimeout(() => socket.terminate(), farewellMs).unref();
    }
  }

  private hasRoomFor(sessionId: string): boolean {
    const ofSession = [...this.clients].filter((client) => client.sessionId === sessionId).length;
    return this.clients.size < maxClients && ofSession < maxClientsOfSession;
  }

  get size(): number {
    return this.clients.size;
  }

  private async welcome(socket: WebSocket, line: Duplex, { sessionId, since }: Guest): Promise<void> {
    const seq = this.pending?.from ?? this.stream.seq;
    const client = new LiveClient(socket, line, sessionId, seq);
    socket.on('error', () => socket.terminate());
    socket.on('close', () => this.clients.delete(client));
    socket.on('pong', () => {
      client.answered();
    });
    // A dashboard has nothing to say; whoever talks is no dashboard.
    socket.on('message', () => socket.close(1008, 'this socket only listens to you'));
    client.write(encode({ type: 'hello', seq, serverTime: this.clock.iso(), heartbeatMs }));
    if (since !== null && since !== seq) await this.catchUp(client, since, seq);
    // It may have gone while it was told what it missed.
    if (socket.readyState === socket.OPEN) this.clients.add(client);
  }

  /** Only what lies up to `seq`: everything after it comes with the frames that the client gets from now on. */
  private async catchUp(client: LiveClient, since: number, seq: number): Promise<void> {
    const backlog = since < seq ? await this.stream.since(since).catch(() => 'too-many' as const) : 'too-many';
    if (client.socket.readyState !== client.socket.OPEN) return;
    if (backlog === 'too-many') return client.startOver(seq, 'too much has changed since', Date.now());
    const missed = backlog.changes.filter((change) => change.seq <= seq);
    client.write(encode({ type: 'changes', from: since, to: seq, changes: coalesce(missed) }));
  }

  private hear(backlog: Backlog, from: number): void {
    if (backlog === 'too-many') {
      this.pending = null;
      for (const client of this.clients) client.startOver(this.stream.seq, 'too much has changed at once', Date.now());
      return;
    }
    if (this.pending === null) this.pending = { from, changes: [...backlog.changes], to: backlog.to };
    else this.pending = { ...this.pending, changes: this.pending.changes.concat(backlog.changes), to: backlog.to };
    this.frameTimer ??= setTimeout(() => this.tell(), Math.max(0, this.lastFrameAt + frameEveryMs - Date.now()));
  }

  private tell(): void {
    this.frameTimer = undefined;
    if (this.pending === null) return;
    const { from, to, changes } = this.pending;
    this.pending = null;
    this.lastFrameAt = Date.now();
    const frame = encode({ type: 'changes', from, to, changes: coalesce(changes) });
    for (const client of this.clients) client.tell(frame, from, to, this.lastFrameAt);
  }

  /** Says that it is alive, and which verdicts hold for longer since unchanged reports came. */
  private async beat(): Promise<void> {
    const since = this.seenUntil;
    this.seenUntil = this.clock.iso();
    if (this.clients.size === 0) return;
    // Everybody was told this much, and will be told more than that before the database has answered.
    const seq = this.pending?.from ?? this.stream.seq;
    const beat = Buffer.concat([
      ping,
      encode({ type: 'heartbeat', seq, serverTime: this.seenUntil }),
      ...(await this.seen(since, seq)),
    ]);
    for (const client of this.clients) client.beat(beat, Date.now());
  }

  private async seen(since: string, seq: number): Promise<Buffer[]> {
    try {
      const hosts = await this.store.read.assessments.seenSince(since, seq);
      return hosts.length === 0 ? [] : [encode({ type: 'seen', seq, hosts })];
    } catch (error) {
      // The verdicts then only run out earlier than they need to.
      this.log.warn({ err: error }, 'Hosts seen lately cannot be read');
      return [];
    }
  }

  private async dismissEnded(): Promise<void> {
    // Whoever comes in while the answer is under way was not asked about.
    const asked = [...this.clients];
    if (asked.length === 0) return;
    const live = await this.door.liveSessions([...new Set(asked.map((client) => client.sessionId))]).catch(() => null);
    if (live === null) return;
    for (const { socket, sessionId } of asked) if (!live.has(sessionId)) socket.close(4401, 'the session has ended');
  }
}
