import { type MapChange, Store } from '@lunwarden/store';
import { Injectable, Logger } from '@nestjs/common';

/** Makes the verdicts again that a map changed. May be called twice for one change; resolves when all are stored. */
export type MapChangeListener = (change: MapChange) => Promise<void>;

/**
 * Hands on what maps changed, in order and one at a time. A change is forgotten only after every listener has dealt
 * with it: one that fails, or dies, gets it again.
 */
@Injectable()
export class MapChanges {
  private readonly logger = new Logger('map-changes');
  private readonly listeners: MapChangeListener[] = [];
  private running: Promise<void> | null = null;

  constructor(private readonly store: Store) {}

  /** Called for a map put in force (also if it changed nothing but its age), and a vCenter added or removed. */
  onMapChange(listener: MapChangeListener): void {
    this.listeners.push(listener);
  }

  /** Delivers what is pending; resolves when nothing is left or a listener failed. Never rejects. */
  deliver(): Promise<void> {
    this.running ??= this.deliverAll()
      .catch((error: unknown) => this.logger.error({ err: error }, 'verdicts after a map change will be tried again'))
      .finally(() => {
        this.running = null;
      });
    return this.running;
  }

  private async deliverAll(): Promise<void> {
    if (this.listeners.length === 0) return;
    for (;;) {
      const pending = await this.store.read.mapChanges.pending();
      if (pending.length === 0) return;
      for (const change of pending) {
        for (const listener of this.listeners) await listener(change);
        await this.store.read.mapChanges.done(change.id);
      }
    }
  }
}
