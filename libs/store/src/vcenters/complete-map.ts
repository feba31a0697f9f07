import type { LunMap } from '@lunwarden/contract';

/** A map of which every page, object and property arrived. Only such a map may replace the one in force. */
export type CompleteLunMap = LunMap & { complete: true };

/** Somebody tried to put half a map in force. */
export class IncompleteMapError extends Error {
  readonly code = 'map_incomplete';
  constructor() {
    super('This map has gaps; record it as an attempt and keep the last complete one in force.');
  }
}

/** Does not trust the flag alone: no gap, and as many objects as were counted. */
export function isComplete(map: LunMap): map is CompleteLunMap {
  return (
    map.complete &&
    map.gaps.length === 0 &&
    Object.values(map.counts).every(({ expected, got }) => expected === got) &&
    map.counts.datastores.got === map.datastores.length &&
    map.counts.hosts.got === map.hosts.length &&
    map.counts.vms.got === map.vms.length
  );
}
