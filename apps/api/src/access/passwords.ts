import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import pLimit from 'p-limit';
import { Refusal } from '../http/refusal.js';

/** OWASP's second recommendation for argon2id, the package's default kind: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const atOnce = 2;
const maxWaiting = 20;

/** Hashes passwords, two at a time: a flood of sign-ins must not take the processor from the reports. */
@Injectable()
export class Passwords {
  private readonly limit = pLimit(atOnce);
  private decoy: Promise<string> | undefined;

  /** PHC string of argon2id. */
  hash(password: string): Promise<string> {
    return this.queued(() => hash(password, cost));
  }

  /** `stored` null = no such user: the same work is done, so that time does not tell who exists. */
  async matches(password: string, stored: string | null): Promise<boolean> {
    return this.queued(async () => {
      const isRight = await verify(stored ?? (await this.decoyHash()), password);
      return stored !== null && isRight;
    });
  }

  private decoyHash(): Promise<string> {
    this.decoy ??= hash(randomBytes(32).toString('hex'), cost);
    return this.decoy;
  }

  private queued<T>(work: () => Promise<T>): Promise<T> {
    if (this.limit.pendingCount >= maxWaiting)
      throw new Refusal('too_many_requests', 'Many people are signing in; try again in a moment.', 5);
    return this.limit(work);
  }
}
