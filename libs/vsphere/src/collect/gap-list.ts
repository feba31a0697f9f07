import type { MapGap } from '@lunwarden/contract';
import { clean } from '../map/clean-text.js';
import type { Ref } from '../soap/xml-element.js';

/** More would say no more, and a vCenter that refuses everything must not fill the memory. */
const maximum = 10_000;

/** What a vCenter did not tell. One gap is enough to make a map incomplete. */
export class GapList {
  private readonly gaps = new Map<string, MapGap>();
  private dropped = 0;

  add(object: Ref | string, path: string, reason: string): void {
    const name = clean(typeof object === 'string' ? object : `${object.kind}:${object.id}`, 256);
    const gap = { object: name, path: clean(path, 256), reason: clean(reason, 256) };
    const key = `${gap.object} ${gap.path}`;
    if (this.gaps.has(key)) return;
    if (this.gaps.size < maximum) this.gaps.set(key, gap);
    else this.dropped++;
  }

  addAll(other: GapList): void {
    for (const gap of other.gaps.values()) this.add(gap.object, gap.path, gap.reason);
    this.dropped += other.dropped;
  }

  get isEmpty(): boolean {
    return this.gaps.size === 0;
  }

  /** In the order found; a last entry counts what did not fit. */
  toArray(): MapGap[] {
    const all = [...this.gaps.values()];
    if (this.dropped > 0) all.push({ object: '*', path: '*', reason: `and ${this.dropped} more gaps` });
    return all;
  }
}
