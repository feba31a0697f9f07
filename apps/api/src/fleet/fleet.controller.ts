import { type FleetSnapshot, type HostDetail, routes, type TrendPoint, type VmsInReach } from '@lunwarden/contract';
import { Controller, Param, Query } from '@nestjs/common';
import { Door } from '../http/door.js';
import { parsed } from '../http/parsed.js';
import { FleetService } from './fleet.service.js';

@Controller()
export class FleetController {
  constructor(private readonly fleet: FleetService) {}

  @Door('fleet')
  snapshot(): Promise<FleetSnapshot> {
    return this.fleet.snapshot();
  }

  @Door('trend')
  trend(@Query(parsed(routes.trend.query)) { weeks }: { weeks: '8' | '26' | '52' }): Promise<TrendPoint[]> {
    return this.fleet.trend(Number(weeks));
  }

  @Door('host')
  host(@Param(parsed(routes.host.params)) { id }: { id: string }): Promise<HostDetail> {
    return this.fleet.host(id);
  }

  @Door('hostVms')
  vms(@Param(parsed(routes.hostVms.params)) { id }: { id: string }): Promise<VmsInReach> {
    return this.fleet.vmsInReach(id);
  }
}
