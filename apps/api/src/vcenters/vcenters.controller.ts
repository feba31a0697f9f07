import {
  MapLosses,
  routes,
  type VcenterGaps,
  type VcenterProbe,
  VcenterRequest,
  type VcenterStatus,
} from '@lunwarden/contract';
import { Body, Controller, Param } from '@nestjs/common';
import type { z } from 'zod';
import { Clock } from '../clock.js';
import { Door } from '../http/door.js';
import { parsed } from '../http/parsed.js';
import { VcenterReader } from './vcenter-reader.js';
import { VcentersService } from './vcenters.service.js';

const Id = routes.collectVcenter.params;
type Id = z.infer<typeof Id>;

/** A person waits for the answer. */
const probeDeadlineMs = 20_000;

@Controller()
export class VcentersController {
  constructor(
    private readonly vcenters: VcentersService,
    private readonly reader: VcenterReader,
    private readonly clock: Clock,
  ) {}

  @Door('listVcenters')
  list(): Promise<VcenterStatus[]> {
    return this.vcenters.list();
  }

  @Door('addVcenter')
  add(@Body(parsed(VcenterRequest)) request: VcenterRequest): Promise<VcenterStatus> {
    return this.vcenters.add(request);
  }

  @Door('probeVcenter')
  probe(@Body(parsed(VcenterRequest)) { url, username, password, trust }: VcenterRequest): Promise<VcenterProbe> {
    const now = () => this.clock.now();
    return this.reader.probe({ url, username, password, trust, deadlineMs: probeDeadlineMs, now });
  }

  @Door('collectVcenter')
  collect(@Param(parsed(Id)) { id }: Id): Promise<VcenterStatus> {
    return this.vcenters.collectNow(id);
  }

  @Door('confirmVcenter')
  confirm(@Param(parsed(Id)) { id }: Id, @Body(parsed(MapLosses)) losses: MapLosses): Promise<VcenterStatus> {
    return this.vcenters.confirm(id, losses);
  }

  @Door('vcenterGaps')
  gaps(@Param(parsed(Id)) { id }: Id): Promise<VcenterGaps> {
    return this.vcenters.gaps(id);
  }

  @Door('removeVcenter')
  async remove(@Param(parsed(Id)) { id }: Id): Promise<void> {
    await this.vcenters.remove(id);
    await this.reader.forget(id);
  }
}
