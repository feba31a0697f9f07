import type { LunKey } from '@lunwarden/contract';

/** Gives each LUN key a number that it keeps, so that hosts and maps meet by number whenever they were read. */
export class LunNumbers {
  private readonly numbers = new Map<LunKey, number>();

  /** The number of this key, 0..; a new key takes the next one. */
  of(key: LunKey): number {
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    this.numbers.set(key, this.numbers.size);
    return this.numbers.size - 1;
  }

  get size(): number {
    return this.numbers.size;
  }
}
