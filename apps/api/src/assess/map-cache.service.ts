import type { Tx } from '@lunwarden/store';
import { Injectable } from '@nestjs/common';
import { InventoryIndex } from './inventory/inventory-index.js';
import { MapIndex } from './map-index.js';

/** A reading of the maps that began when `version` was the newest: what it brings is at least that new. */
type Reading = { version: number; index: Promise<MapIndex> };

/** Keeps the index of the maps between two questions; the database says whether it is still the newest. */
@Injectable()
export class MapCache {
  private index: MapIndex | null = null;
  private reading: Reading | null = null;

  async current(tx: Tx): Promise<MapIndex> {
    const version = await tx.maps.version();
    if (this.index !== null && this.index.version >= version) return this.index;
    // Whoever comes while the index is being read shares that reading, unless a map came in force after it began:
    // a host judged by the older maps would keep that verdict, because nobody judges it again.
    if (this.reading === null || this.reading.version < version) this.reading = { version, index: this.read(tx) };
    const { reading } = this;
    try {
      return await reading.index;
    } finally {
      if (this.reading === reading) this.reading = null;
    }
  }

  private async read(tx: Tx): Promise<MapIndex> {
    const index = await MapIndex.inSlices(await tx.maps.index(), await InventoryIndex.of(await tx.maps.inventory()));
    if (this.index === null || this.index.version < index.version) this.index = index;
    return index;
  }
}
