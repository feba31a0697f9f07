import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { livePath } from '@lunwarden/contract';
import { Store } from '@lunwarden/store';
import { Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import { Clock } from '../clock.js';

export type Guest = { sessionId: string; since: number | null };

const refusals = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  503: 'Service Unavailable',
} as const;

/** Who may listen is settled before the 101: a socket of another site, or of nobody, never opens. */
@Injectable()
export class LiveDoor {
  constructor(
    private readonly access: AccessService,
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  /** null = refused and already answered. */
  async admit(request: IncomingMessage, socket: Duplex): Promise<Guest | null> {
    socket.on('error', () => socket.destroy());
    try {
      const url = new URL(request.url ?? '/', 'http://localhost');
      if (url.pathname !== livePath) return refuse(socket, 404);
      if (!this.access.originIsTrusted(request.headers.origin, request.headers.host)) return refuse(socket, 403);
      const session = await this.access.sessionOfCookie(request.headers.cookie);
      if (session === null) return refuse(socket, 401);
      const since = url.searchParams.get('since');
      if (since !== null && !/^\d{1,15}$/.test(since)) return refuse(socket, 400);
      return { sessionId: session.sessionId, since: since === null ? null : Number(since) };
    } catch {
      return refuse(socket, 503);
    }
  }

  /** Those of these sessions that still hold. */
  liveSessions(sessionIds: readonly string[]): Promise<Set<string>> {
    return this.store.read.sessions.alive(sessionIds, this.clock.now());
  }
}

function refuse(socket: Duplex, status: keyof typeof refusals): null {
  socket.end(`HTTP/1.1 ${status} ${refusals[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  return null;
}
