/** Whose turn it is to report: everyone has one next time, and nobody speaks twice at once. */
export class Turns {
  readonly #dueAt = new Map<string, number>();
  readonly #speaking = new Set<string>();
  /** Turns called while the host was speaking: the newest facts still have to go out. */
  readonly #again = new Set<string>();

  /** `at` in milliseconds of the caller's clock; Infinity = not until it is called. */
  call(name: string, at: number): void {
    if (this.#speaking.has(name)) this.#again.add(name);
    else this.#dueAt.set(name, at);
  }

  /** The host that is due longest, now speaking; null = nobody is due. */
  take(now: number): string | null {
    let first: string | null = null;
    let firstAt = now;
    for (const [name, at] of this.#dueAt) {
      if (at > firstAt || (first !== null && at === firstAt)) continue;
      first = name;
      firstAt = at;
    }
    if (first === null) return null;
    this.#dueAt.delete(first);
    this.#speaking.add(first);
    return first;
  }

  /** The host has spoken; it is due again at `nextAt`, or at once if it was called meanwhile. */
  done(name: string, nextAt: number, now: number): void {
    this.#speaking.delete(name);
    this.#dueAt.set(name, this.#again.delete(name) ? now : nextAt);
  }
}
