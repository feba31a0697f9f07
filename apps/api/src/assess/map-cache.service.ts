import type { Tx } from '@lunwarden/store';
import { Injectable } from '@nestjs/common';
import { MapIndex } from './map-index.js';

/** Keeps the index of the maps between two questions; the database says whether it is still the newest. */
@Injectable()
export class MapCache {
  private index: MapIndex | null = null;
  private loading: Promise<MapIndex> | null = null;

  async current(tx: Tx): Promise<MapIndex> {
    const version = await tx.maps.version();
    if (this.index?.version === version) return this.index;
    // Whoever comes while the index is being read shares that reading.
    this.loading ??= this.load(tx);
    try {
      return await this.loading;
    } finally {
      this.loading = null;
    }
  }

  private async load(tx: Tx): Promise<MapIndex> {
    const index = new MapIndex(await tx.maps.index());
    this.index = index;
    return index;
  }
}
