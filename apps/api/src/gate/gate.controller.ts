import {
  type ChangeWindow,
  ChangeWindowRequest,
  type GateOverride,
  GateOverrideRequest,
  type HostGate,
  type OverrideList,
  type Preflight,
  routes,
  type WindowGates,
} from '@lunwarden/contract';
import { Body, Controller, Param, Query } from '@nestjs/common';
import type { z } from 'zod';
import { Door } from '../http/door.js';
import { parsed } from '../http/parsed.js';
import { type Principal, Who } from '../http/principal.js';
import { signedIn } from '../http/signed-in.js';
import { GateService } from './gate.service.js';
import { OverridesService } from './overrides.service.js';
import { PreflightDesk } from './preflight-desk.js';
import { WindowsService } from './windows.service.js';

const Id = routes.hostGate.params;
type Id = z.infer<typeof Id>;
const HostQuery = routes.hostGate.query;
const PageQuery = routes.windowGate.query;

@Controller()
export class GateController {
  constructor(
    private readonly windows: WindowsService,
    private readonly gate: GateService,
    private readonly preflights: PreflightDesk,
    private readonly overrides: OverridesService,
  ) {}

  @Door('listWindows')
  list(): Promise<ChangeWindow[]> {
    return this.windows.list();
  }

  @Door('createWindow')
  create(
    @Who() who: Principal,
    @Body(parsed(ChangeWindowRequest)) request: ChangeWindowRequest,
  ): Promise<ChangeWindow> {
    return this.windows.add(request, signedIn(who).username);
  }

  @Door('removeWindow')
  remove(@Param(parsed(Id)) { id }: Id): Promise<void> {
    return this.windows.remove(id);
  }

  @Door('windowGate')
  page(
    @Param(parsed(Id)) { id }: Id,
    @Query(parsed(PageQuery)) { asks, after }: z.infer<typeof PageQuery>,
  ): Promise<WindowGates> {
    return this.gate.page(id, asks, after ?? null);
  }

  @Door('hostGate')
  host(
    @Param(parsed(Id)) { id }: Id,
    @Query(parsed(HostQuery)) { window, asks }: z.infer<typeof HostQuery>,
  ): Promise<HostGate> {
    return this.gate.host(id, window, asks);
  }

  @Door('requestPreflight')
  preflight(@Who() who: Principal, @Param(parsed(Id)) { id }: Id): Promise<Preflight> {
    return this.preflights.request(id, signedIn(who).username);
  }

  @Door('listOverrides')
  listOverrides(): Promise<OverrideList> {
    return this.overrides.list();
  }

  @Door('requestOverride')
  override(
    @Who() who: Principal,
    @Body(parsed(GateOverrideRequest)) request: GateOverrideRequest,
  ): Promise<GateOverride> {
    return this.overrides.request(request, signedIn(who));
  }

  @Door('approveOverride')
  approve(@Who() who: Principal, @Param(parsed(Id)) { id }: Id): Promise<GateOverride> {
    return this.overrides.approve(id, signedIn(who));
  }

  @Door('revokeOverride')
  revoke(@Who() who: Principal, @Param(parsed(Id)) { id }: Id): Promise<GateOverride> {
    return this.overrides.revoke(id, signedIn(who));
  }
}
