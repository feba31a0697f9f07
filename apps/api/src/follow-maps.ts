import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ReassessService } from './assess/reassess.service.js';
import { MapChanges } from './vcenters/map-changes.js';

/** Judges again the hosts that a new LUN map concerns, and no others. Here fetching and judging meet; neither knows the other. */
@Injectable()
export class FollowMaps implements OnModuleInit {
  constructor(
    private readonly mapChanges: MapChanges,
    private readonly reassess: ReassessService,
  ) {}

  onModuleInit(): void {
    this.mapChanges.onMapChange(async ({ kind, lunKeys, hostIds }) => {
      // With the first map of a vCenter, LUNs that no map knew may mean something else, for anyone.
      if (kind === 'map') await this.reassess.hostsSeeing(lunKeys, hostIds);
      else await this.reassess.everyone();
    });
  }
}
