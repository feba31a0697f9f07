import { randomUUID, timingSafeEqual } from 'node:crypto';
import { type LoginRequest, type SessionInfo, SetupRequest } from '@lunwarden/contract';
import { Store } from '@lunwarden/store';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { Refusal } from '../http/refusal.js';
import { Attempts } from './attempts.js';
import { Passwords } from './passwords.js';
import { Sessions } from './sessions.js';
import { hashOfToken, newToken } from './token.js';

/** What a sign-in gives: the secret for the cookie, and what the browser may know. */
export type SignedIn = { secret: string; info: SessionInfo };

const setupCodeMs = 30 * 60_000;
const Credentials = SetupRequest.pick({ username: true, password: true });

/** The door is gone once somebody went through it. */
export const setupIsDone = (): Refusal => new Refusal('not_found', 'There is an administrator already; sign in.');

/** How a user gets a session: as the first administrator with the one-time code, or with a password. */
@Injectable()
export class SignInService {
  private hasUser = false;

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly sessions: Sessions,
    private readonly passwords: Passwords,
    private readonly attempts: Attempts,
  ) {}

  /** Users are never deleted, so once there is one the database need not be asked again. */
  async needsSetup(): Promise<boolean> {
    this.hasUser ||= await this.store.read.users.hasAny();
    return !this.hasUser;
  }

  /** A new one-time code for whoever reads the server's output, replacing any before; null once there is a user. */
  async offerSetup(): Promise<string | null> {
    const { text, hash } = newToken('lws');
    const expiresAt = new Date(this.clock.now().getTime() + setupCodeMs);
    return (await this.store.read.users.offerSetupCode(hash, expiresAt)) ? text : null;
  }

  /** @throws Refusal wrong_setup_code | not_found | too_many_requests */
  async setup({ code, username, password }: SetupRequest, address: string): Promise<SignedIn> {
    await this.attempts.mayPresent(address);
    const codeHash = await this.rightSetupCode(code);
    if (codeHash === null) {
      if (!(await this.needsSetup())) throw setupIsDone();
      await this.attempts.presentedWrong(address);
      throw new Refusal('wrong_setup_code', 'Copy the code from the output of the server; a restart makes a new one.');
    }
    const user = { userId: randomUUID(), username, role: 'admin' as const };
    const passwordHash = await this.passwords.hash(password);
    return this.store.inTransaction(async (tx) => {
      const at = this.clock.now();
      if (!(await tx.users.takeSetupCode(codeHash, at))) throw setupIsDone();
      await tx.users.save({ ...user, passwordHash }, at);
      return this.sessions.open(tx, user);
    });
  }

  /** @throws Refusal wrong_credentials | too_many_requests */
  async login({ username, password }: LoginRequest, address: string): Promise<SignedIn> {
    await this.attempts.signIn(username, address);
    const user = await this.store.read.users.find(username);
    const isRight = await this.passwords.matches(password, user?.passwordHash ?? null);
    if (user === null || !isRight) throw new Refusal('wrong_credentials', 'Check both and try again.');
    await this.attempts.signedIn(username, address);
    return this.store.inTransaction((tx) => this.sessions.open(tx, user));
  }

  /** The way in for whoever holds the server itself: makes an administrator, or resets one and ends its sessions. */
  async saveAdmin(username: string, password: string): Promise<void> {
    const credentials = Credentials.parse({ username, password });
    const passwordHash = await this.passwords.hash(credentials.password);
    const user = { userId: randomUUID(), username: credentials.username, role: 'admin' as const, passwordHash };
    await this.store.inTransaction(async (tx) => {
      const userId = await tx.users.save(user, this.clock.now());
      await tx.sessions.removeOfUser(userId);
      await tx.users.dropSetupCode();
    });
  }

  private async rightSetupCode(code: string): Promise<Uint8Array | null> {
    const hash = hashOfToken('lws', code.trim());
    const stored = hash === null ? null : await this.store.read.users.setupCode();
    if (hash === null || stored === null || stored.expiresAt <= this.clock.now()) return null;
    return timingSafeEqual(hash, stored.codeHash) ? hash : null;
  }
}
