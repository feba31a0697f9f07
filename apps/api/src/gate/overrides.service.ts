import { randomUUID } from 'node:crypto';
import type { GateOverride, GateOverrideRequest, OverrideList } from '@lunwarden/contract';
import { Store, type StoredOverride } from '@lunwarden/store';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import type { SessionPrincipal } from '../http/principal.js';
import { Refusal } from '../http/refusal.js';
import { shownOverride } from './shown.js';
import { noWindow } from './windows.service.js';

const longestMs = 7 * 86_400_000;
const listed = 500;

/** Takes down who patches against the gate, and who agreed. The gate does not read it. */
@Injectable()
export class OverridesService {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  async list(): Promise<OverrideList> {
    const now = this.clock.now();
    const { overrides, total } = await this.store.read.overrides.newest(listed);
    return { asOf: now.toISOString(), overrides: overrides.map((one) => shownOverride(one, now)), total };
  }

  /** @throws Refusal not_found | invalid_input */
  async request(
    { hostId, windowId, reason, expiresAt }: GateOverrideRequest,
    by: SessionPrincipal,
  ): Promise<GateOverride> {
    const now = this.clock.now();
    const lastsMs = Date.parse(expiresAt) - now.getTime();
    if (lastsMs <= 0 || lastsMs > longestMs)
      throw new Refusal('invalid_input', 'An override ends within seven days from now: correct expiresAt.');
    const override: StoredOverride = {
      id: randomUUID(),
      hostId,
      windowId,
      reason: reason.trim(),
      requestedById: by.userId,
      requestedBy: by.username,
      requestedAt: now.toISOString(),
      approvedBy: null,
      approvedAt: null,
      revokedBy: null,
      revokedAt: null,
      expiresAt,
    };
    await this.store.inTransaction(async (tx) => {
      const window = await tx.windows.get(windowId);
      if (window === null) throw noWindow();
      if (!(await tx.fleet.hosts([hostId])).has(hostId))
        throw new Refusal('not_found', 'There is no such host, or it was retired.');
      if (window.hostIds?.includes(hostId) === false)
        throw new Refusal('invalid_input', 'The window is not for this host: choose one that names it.');
      await tx.overrides.add(override);
    });
    return shownOverride(override, now);
  }

  /** @throws Refusal not_found | forbidden for whoever asked for it | conflict if it is approved, revoked or over */
  approve(id: string, by: SessionPrincipal): Promise<GateOverride> {
    return this.store.inTransaction(async (tx) => {
      const now = this.clock.now();
      const override = await tx.overrides.lock(id);
      if (override === null) throw new Refusal('not_found', 'There is no such override.');
      if (override.requestedById === by.userId)
        throw new Refusal('forbidden', 'A second person must agree: whoever asked for it may not.');
      if (override.approvedAt !== null) throw new Refusal('conflict', `${override.approvedBy} agreed already.`);
      if (override.revokedAt !== null) throw new Refusal('conflict', `${override.revokedBy} took it back.`);
      if (Date.parse(override.expiresAt) <= now.getTime())
        throw new Refusal('conflict', 'It ran out before anybody agreed: ask for a new one.');
      const approved = { approvedBy: by.username, approvedAt: now.toISOString() };
      await tx.overrides.approve(id, by, approved.approvedAt);
      await tx.owed.ask([override.hostId]);
      return shownOverride({ ...override, ...approved }, now);
    });
  }

  /** @throws Refusal not_found | conflict if it is revoked or over */
  revoke(id: string, by: SessionPrincipal): Promise<GateOverride> {
    return this.store.inTransaction(async (tx) => {
      const now = this.clock.now();
      const override = await tx.overrides.lock(id);
      if (override === null) throw new Refusal('not_found', 'There is no such override.');
      if (override.revokedAt !== null) throw new Refusal('conflict', `${override.revokedBy} took it back already.`);
      if (Date.parse(override.expiresAt) <= now.getTime())
        throw new Refusal('conflict', 'It has run out, so there is nothing to take back.');
      const revoked = { revokedBy: by.username, revokedAt: now.toISOString() };
      await tx.owed.ask([override.hostId]);
      await tx.overrides.revoke(id, by, revoked.revokedAt);
      return shownOverride({ ...override, ...revoked }, now);
    });
  }
}
