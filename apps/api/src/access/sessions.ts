import { randomUUID } from 'node:crypto';
import { permissionsOfRole, type Role, type SessionInfo } from '@lunwarden/contract';
import { Store, type StoredSession, type Tx } from '@lunwarden/store';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import type { SessionPrincipal } from '../http/principal.js';
import { hashOfToken, newToken } from './token.js';

const minuteMs = 60_000;
/** However much it is used, a session ends. */
const absoluteMs = 12 * 60 * minuteMs;
/** Unused for so long, it ends too. */
const idleMs: Record<Role, number> = { viewer: 8 * 60 * minuteMs, admin: 30 * minuteMs };
/** One write a minute is precise enough to know when a session was last used. */
const touchMs = minuteMs;

/** Sessions of users: opaque 256-bit secrets, looked up by hash at every request, so that signing out holds at once. */
@Injectable()
export class Sessions {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  /** Always a new secret (no fixation). The secret is for the cookie and nothing else. */
  async open(
    tx: Tx,
    user: { userId: string; username: string; role: Role },
  ): Promise<{ secret: string; info: SessionInfo }> {
    const at = this.clock.now();
    const { text, hash } = newToken('lwu');
    const stored = { sessionId: randomUUID(), userId: user.userId, endsAt: new Date(at.getTime() + absoluteMs) };
    await tx.sessions.removeEnded(at);
    await tx.sessions.add({ ...stored, tokenHash: hash, at });
    return { secret: text, info: infoOf(principalOf({ ...stored, ...user, usedAt: at })) };
  }

  /** Whose session it is; null if the secret is unknown or the session ended. Counts as use. */
  async find(secret: string): Promise<SessionPrincipal | null> {
    const hash = hashOfToken('lwu', secret);
    const stored = hash === null ? null : await this.store.read.sessions.find(hash);
    if (stored === null) return null;
    const at = this.clock.now();
    if (at >= endOf(stored)) return null;
    if (at.getTime() - stored.usedAt.getTime() >= touchMs) {
      await this.store.read.sessions.touch(stored.sessionId, at);
      return principalOf({ ...stored, usedAt: at });
    }
    return principalOf(stored);
  }

  async close(sessionId: string): Promise<void> {
    await this.store.read.sessions.remove(sessionId);
  }
}

export const infoOf = ({ username, role, expiresAt }: SessionPrincipal): SessionInfo => ({
  username,
  role,
  expiresAt,
  permissions: [...permissionsOfRole[role]],
});

const endOf = ({ usedAt, endsAt, role }: StoredSession): Date =>
  new Date(Math.min(endsAt.getTime(), usedAt.getTime() + idleMs[role]));

const principalOf = (stored: StoredSession): SessionPrincipal => ({
  kind: 'user',
  userId: stored.userId,
  username: stored.username,
  role: stored.role,
  sessionId: stored.sessionId,
  expiresAt: endOf(stored).toISOString(),
});
