import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Refusal } from '../http/refusal.js';

const perMinute = (points: number): RateLimiterMemory => new RateLimiterMemory({ points, duration: 60 });

/**
 * How often one may guess. Kept in memory: a replica counts for itself. The address is the socket's; what a header
 * says of it is never believed.
 */
@Injectable()
export class Attempts {
  private readonly ofAccount = perMinute(5);
  private readonly ofAddress = perMinute(20);
  /** Failures only: a whole site enrols from one address behind NAT. */
  private readonly failures = perMinute(10);

  /** Counts a sign-in before its password is looked at. @throws Refusal too_many_requests */
  async signIn(username: string, address: string): Promise<void> {
    await counted(this.ofAddress, address);
    await counted(this.ofAccount, username.toLowerCase());
  }

  async signedIn(username: string, address: string): Promise<void> {
    await this.ofAddress.reward(address);
    await this.ofAccount.delete(username.toLowerCase());
  }

  /** @throws Refusal too_many_requests if this address presented too many wrong codes or tokens. */
  async mayPresent(address: string): Promise<void> {
    const state = await this.failures.get(address);
    if (state !== null && state.consumedPoints >= this.failures.points) throw tooMany(state);
  }

  async presentedWrong(address: string): Promise<void> {
    await this.failures.penalty(address);
  }
}

async function counted(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (state) {
    throw state instanceof RateLimiterRes ? tooMany(state) : state;
  }
}

const tooMany = ({ msBeforeNext }: RateLimiterRes): Refusal =>
  new Refusal('too_many_requests', 'Too many attempts; wait a minute.', Math.max(1, Math.ceil(msBeforeNext / 1000)));
