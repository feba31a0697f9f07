import { randomUUID } from 'node:crypto';
import type { ChangeWindow, ChangeWindowRequest } from '@lunwarden/contract';
import { Store } from '@lunwarden/store';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { Refusal } from '../http/refusal.js';

/** When hosts may be patched. */
@Injectable()
export class WindowsService {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  list(): Promise<ChangeWindow[]> {
    return this.store.read.windows.list();
  }

  /** @throws Refusal invalid_input for a window that is over, or hosts that there are not */
  add(request: ChangeWindowRequest, username: string): Promise<ChangeWindow> {
    const createdAt = this.clock.iso();
    if (Date.parse(request.endsAt) <= Date.parse(createdAt))
      throw new Refusal('invalid_input', 'The window is over already: choose a later end.');
    const hostIds = request.hostIds === null ? null : [...new Set(request.hostIds)].sort();
    const window = { ...request, hostIds, id: randomUUID(), createdBy: username, createdAt };
    return this.store.inTransaction(async (tx) => {
      const known = hostIds === null ? null : await tx.fleet.hosts(hostIds);
      const stranger = hostIds?.find((hostId) => known?.has(hostId) === false);
      if (stranger !== undefined)
        throw new Refusal('invalid_input', `There is no host ${stranger}, or it was retired: name hosts of the fleet.`);
      await tx.windows.add(window);
      await tx.owed.ask(hostIds);
      return (await tx.windows.get(window.id)) ?? window;
    });
  }

  /** @throws Refusal not_found */
  async remove(id: string): Promise<void> {
    await this.store.inTransaction(async (tx) => {
      const window = await tx.windows.get(id);
      if (window === null || !(await tx.windows.remove(id, this.clock.iso()))) throw noWindow();
      await tx.owed.ask(window.hostIds);
    });
  }
}

export const noWindow = (): Refusal => new Refusal('not_found', 'There is no such window, or it was removed.');
