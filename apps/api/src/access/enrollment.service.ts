import { randomUUID } from 'node:crypto';
import {
  type EnrollReceipt,
  type EnrollRequest,
  type EnrollTokenCreated,
  type EnrollTokenInfo,
  EnrollTokenRequest,
} from '@lunwarden/contract';
import { Store } from '@lunwarden/store';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { Refusal } from '../http/refusal.js';
import { Attempts } from './attempts.js';
import { hashOfToken, newToken } from './token.js';

/** How a host gets a key of its own: an administrator's token is traded for it. */
@Injectable()
export class EnrollmentService {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly attempts: Attempts,
  ) {}

  /** The one moment at which the token itself is known. */
  async createToken(request: EnrollTokenRequest): Promise<EnrollTokenCreated> {
    const { label, maxUses, expiresInHours } = EnrollTokenRequest.parse(request);
    const { text, hash } = newToken('lwe');
    const at = this.clock.now();
    const expiresAt = new Date(at.getTime() + expiresInHours * 3_600_000);
    const id = randomUUID();
    await this.store.read.enrollment.addToken({ id, label, tokenHash: hash, maxUses, expiresAt, at });
    return {
      id,
      label,
      maxUses,
      uses: 0,
      expiresAt: expiresAt.toISOString(),
      createdAt: at.toISOString(),
      token: text,
    };
  }

  tokens(): Promise<EnrollTokenInfo[]> {
    return this.store.read.enrollment.tokens();
  }

  /** @throws Refusal not_found */
  async revokeToken(id: string): Promise<void> {
    if (!(await this.store.read.enrollment.revokeToken(id, this.clock.now())))
      throw new Refusal('not_found', 'There is no such token, or it was revoked before.');
  }

  /**
   * Each success is a new host: who a host is, is told by its key and by nothing that it says of itself.
   * @throws Refusal wrong_enroll_token | too_many_requests
   */
  async enroll({ token, ...host }: EnrollRequest, address: string): Promise<EnrollReceipt> {
    await this.attempts.mayPresent(address);
    const key = newToken('lwa');
    const hostId = randomUUID();
    const tokenHash = hashOfToken('lwe', token);
    const isEnrolled =
      tokenHash !== null &&
      (await this.store.inTransaction(async (tx) => {
        const at = this.clock.now();
        if (!(await tx.enrollment.useToken(tokenHash, at))) return false;
        await tx.enrollment.addHost({ hostId, ...host, keyHash: key.hash }, at);
        return true;
      }));
    if (!isEnrolled) {
      await this.attempts.presentedWrong(address);
      throw new Refusal('wrong_enroll_token', 'Ask an administrator for a new enrolment token.');
    }
    return { hostId, key: key.text, nextReportInMs: 0 };
  }
}
