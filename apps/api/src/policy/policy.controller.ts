import { SiteConstantRequest, type SitePolicy } from '@lunwarden/contract';
import { Body, Controller } from '@nestjs/common';
import { Door } from '../http/door.js';
import { parsed } from '../http/parsed.js';
import { type Principal, Who } from '../http/principal.js';
import { signedIn } from '../http/signed-in.js';
import { SitePolicyService } from './site-policy.service.js';

@Controller()
export class PolicyController {
  constructor(private readonly policies: SitePolicyService) {}

  @Door('sitePolicy')
  read(): Promise<SitePolicy> {
    return this.policies.read();
  }

  @Door('changePolicy')
  change(@Who() who: Principal, @Body(parsed(SiteConstantRequest)) request: SiteConstantRequest): Promise<SitePolicy> {
    return this.policies.change(request, signedIn(who));
  }
}
