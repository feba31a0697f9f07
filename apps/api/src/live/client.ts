import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { encode } from './live-message.js';

/** A socket may have this much unsent; beyond it nothing is queued, the client starts over instead. */
const maxBufferedBytes = 65_536;
/** How long an answer may take; two beats may come close together where the database was slow to answer the first. */
const maxUnansweredMs = 10_000;
/** How long a client may not read before it is cut off. */
const maxStalledMs = 30_000;

/** One dashboard on the line. Keeps no queue: who is too slow is told to fetch the latest state, never a history. */
export class LiveClient {
  /** The seq up to which this client was told everything; null = it must resync first. */
  private told: number | null;
  private stalledSince: number | null = null;
  /** Of the first ping that it has not answered; null = it has answered all. */
  private pingedAt: number | null = null;

  /** @param line the connection below `socket`: what is the same for everybody is written to it as it is */
  constructor(
    readonly socket: WebSocket,
    private readonly line: Duplex,
    readonly sessionId: string,
    since: number,
  ) {
    this.told = since;
  }

  /** `frame` tells (from, to]. */
  tell(frame: Buffer, from: number, to: number, now: number): void {
    if (this.told !== from) this.startOver(to, 'missed changes', now);
    else if (this.isChoked(now)) this.told = null;
    else {
      this.write(frame);
      this.told = to;
    }
  }

  /**
   * A ping, the heartbeat and sightings. One that is dropped does no harm: the next beat has the next heartbeat, and a
   * verdict whose sighting is lost runs out earlier. One that is newer than what this client was told, because a frame
   * was dropped before it, is a gap to it: it fetches what it missed. Whoever leaves a ping unanswered is gone.
   */
  beat(frames: Buffer, now: number): void {
    if (this.pingedAt !== null && now - this.pingedAt > maxUnansweredMs) this.socket.terminate();
    else if (!this.isChoked(now)) {
      this.pingedAt ??= now;
      this.write(frames);
    }
  }

  answered(): void {
    this.pingedAt = null;
  }

  startOver(seq: number, reason: string, now: number): void {
    this.told = null;
    if (this.isChoked(now)) return;
    this.write(encode({ type: 'resync', seq, reason }));
    // The snapshot that it fetches now is at least this new; frames from here on join on to it.
    this.told = seq;
  }

  /** True while too much is unsent; cuts the line when that lasts. */
  isChoked(now: number): boolean {
    if (this.line.writableLength <= maxBufferedBytes) {
      this.stalledSince = null;
      return false;
    }
    this.stalledSince ??= now;
    if (now - this.stalledSince > maxStalledMs) this.socket.terminate();
    return true;
  }

  /**
   * One write of bytes that all clients share. Between two whole messages of ours the line is free: nothing is compressed,
   * so `ws` keeps nothing back; and after a close no more may be said.
   */
  write(frame: Buffer): void {
    if (this.socket.readyState === this.socket.OPEN) this.line.write(frame);
  }
}
