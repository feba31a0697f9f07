import type { LiveFrame } from '@lunwarden/contract';
import { coalesce } from '@lunwarden/live';

type Changes = Extract<LiveFrame, { type: 'changes' }>;
type Sighting = Extract<LiveFrame, { type: 'seen' }>['hosts'][number] & { seq: number };

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
        for (const host of frame.hosts) this.#see({ ...host, seq: frame.seq });
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
    for (const seq of new Set([...this.#seen.values()].map((one) => one.seq))) {
      const ofSeq = [...this.#seen.values()].filter((one) => one.seq === seq);
      frames.push({ type: 'seen', seq, hosts: ofSeq.map(({ seq: _, ...host }) => host) });
    }
    frames.push(...this.#others.filter(({ type }) => type !== 'hello'));
    this.clear();
    return frames;
  }

  clear(): void {
    this.#changes = null;
    this.#seen = new Map();
    this.#others = [];
  }

  /** What is true of a newer verdict is all that counts, also where it ends earlier. */
  #see(said: Sighting): void {
    const known = this.#seen.get(said.hostId);
    const isOlder = known !== undefined && (known.seq > said.seq || (known.seq === said.seq && isLater(known, said)));
    if (!isOlder) this.#seen.set(said.hostId, said);
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

const isLater = (one: Sighting, other: Sighting): boolean => Date.parse(one.validUntil) > Date.parse(other.validUntil);
