import { createHash } from 'node:crypto';
import type { MapGap } from '@lunwarden/contract';
import { limits } from '../limits.js';
import { clean } from '../table/cells.js';

/** What an export does not tell. The first ones by name, the rest by number. */
export class Gaps {
  private readonly kept: MapGap[] = [];
  private more = 0;

  add(object: string, path: string, reason: string): void {
    if (this.kept.length >= limits.gaps) this.more++;
    else this.kept.push({ object: clean(object, 256), path: clean(path, 256), reason: clean(reason, 256) });
  }

  get list(): MapGap[] {
    return this.more === 0
      ? this.kept
      : [...this.kept, { object: '*', path: '*', reason: `${this.more} more of the same kinds` }];
  }
}

/** Stands in for an object id that the export does not have: the same for the same names in every export. */
export const idOfName = (...names: (string | undefined)[]): string =>
  `name:${createHash('sha256').update(names.join('\0').toLowerCase()).digest('hex').slice(0, 24)}`;
