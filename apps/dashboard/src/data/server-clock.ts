/**
 * The server's clock as far as the page can know it. A browser whose clock is behind would otherwise keep verdicts
 * green for too long. Time runs on by the later of two clocks: the monotonic one stands still while a laptop
 * sleeps, the wall clock may be set back.
 */
export class ServerClock {
  readonly #wall: () => number;
  readonly #steady: () => number;
  #anchor: { server: number; wall: number; steady: number };

  constructor(wall: () => number = Date.now, steady: () => number = () => performance.now()) {
    this.#wall = wall;
    this.#steady = steady;
    this.#anchor = { server: wall(), wall: wall(), steady: steady() };
  }

  /** The server said that it is `serverTime` (ISO instant). */
  tell(serverTime: string): void {
    this.#anchor = { server: Date.parse(serverTime), wall: this.#wall(), steady: this.#steady() };
  }

  /** Milliseconds since 1970. */
  now(): number {
    const { server, wall, steady } = this.#anchor;
    return server + Math.max(this.#wall() - wall, this.#steady() - steady);
  }
}
