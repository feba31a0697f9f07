import { type FindingGroup, FindingUpdate, type FindingWork, routes } from '@lunwarden/contract';
import { Body, Controller, Param } from '@nestjs/common';
import type { z } from 'zod';
import { Door } from '../http/door.js';
import { parsed } from '../http/parsed.js';
import { type Principal, Who } from '../http/principal.js';
import { signedIn } from '../http/signed-in.js';
import { FindingsService } from './findings.service.js';

const Id = routes.hostFindings.params;
const Key = routes.updateFinding.params;

@Controller()
export class FindingsController {
  constructor(private readonly findings: FindingsService) {}

  @Door('listFindings')
  list(): Promise<FindingGroup[]> {
    return this.findings.groups();
  }

  @Door('hostFindings')
  ofHost(@Param(parsed(Id)) { id }: z.infer<typeof Id>): Promise<FindingWork[]> {
    return this.findings.ofHost(id);
  }

  @Door('updateFinding')
  update(
    @Who() who: Principal,
    @Param(parsed(Key)) { id, rule }: z.infer<typeof Key>,
    @Body(parsed(FindingUpdate)) update: FindingUpdate,
  ): Promise<FindingWork> {
    return this.findings.update(id, rule, update, signedIn(who).username);
  }
}
