import { type HostRunbook, routes, type WhatIfAnswer, WhatIfQuery } from '@lunwarden/contract';
import { Controller, Param, Query } from '@nestjs/common';
import { Door } from '../http/door.js';
import { parsed } from '../http/parsed.js';
import { PlanService } from './plan.service.js';

const Id = routes.whatIf.params;

@Controller()
export class PlanController {
  constructor(private readonly plans: PlanService) {}

  @Door('whatIf')
  whatIf(
    @Param(parsed(Id)) { id }: { id: string },
    @Query(parsed(WhatIfQuery)) query: WhatIfQuery,
  ): Promise<WhatIfAnswer> {
    return this.plans.whatIf(id, query);
  }

  @Door('hostRunbook')
  runbook(@Param(parsed(Id)) { id }: { id: string }): Promise<HostRunbook> {
    return this.plans.runbook(id);
  }
}
