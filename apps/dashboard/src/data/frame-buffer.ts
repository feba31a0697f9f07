import type { LiveFrame } from '@lunwarden/contract';
import { coalesce } from '@lunwarden/live';

type Changes = Extract<LiveFrame, { type: 'changes' }>;
type Sighting = Extract<LiveFrame, { type: 'seen' }>['hosts'][number];

/**
 * Frames that wait for the next flush. Neighbouring changes are folded into one frame, so that a paused page holds
 * at most one change a host, for however long it is paused.
 */
export class FrameBuffer {
  #changes: Changes | null = null;
  #seen = new Map<string, Sighting>();
  #others: LiveFrame[] = [];

  add(frame: LiveFrame): void {
    switch (frame.type) {
      case 'changes':
        this.#addChanges(frame);
        return;
      case 'seen':
        for (const host of frame.hosts) this.#seen.set(host.hostId, laterOf(this.#seen.get(host.hostId), host));
        return;
      default:
        // Only the newest greeting, heartbeat or resync means anything.
        this.#others = [...this.#others.filter((other) => other.type !== frame.type), frame];
    }
  }

  /** Changes that wait. */
  get size(): number {
    return this.#changes?.changes.length ?? 0;
  }

  /** Everything that waits. A greeting is about what came before the changes, a heartbeat about what they made. */
  take(): LiveFrame[] {
    const frames = this.#others.filter(({ type }) => type === 'hello');
    if (this.#changes !== null) frames.push(this.#changes);
    if (this.#seen.size > 0) frames.push({ type: 'seen', hosts: [...this.#seen.values()] });
    frames.push(...this.#others.filter(({ type }) => type !== 'hello'));
    this.clear();
    return frames;
  }

  clear(): void {
    this.#changes = null;
    this.#seen = new Map();
    this.#others = [];
  }

  #addChanges(frame: Changes): void {
    const before = this.#changes;
    if (before === null) this.#changes = frame;
    else if (frame.from > before.to) this.#others.push({ type: 'resync', seq: frame.to, reason: 'a frame is missing' });
    else {
      const to = Math.max(before.to, frame.to);
      const from = Math.min(before.from, frame.from);
      this.#changes = { type: 'changes', from, to, changes: coalesce([...before.changes, ...frame.changes]) };
    }
  }
}

const laterOf = (known: Sighting | undefined, said: Sighting): Sighting =>
  known !== undefined && Date.parse(known.validUntil) > Date.parse(said.validUntil) ? known : said;
