import {
  type EnrollReceipt,
  EnrollRequest,
  type EnrollTokenCreated,
  type EnrollTokenInfo,
  EnrollTokenRequest,
  routes,
} from '@lunwarden/contract';
import { Body, Controller, Ip, Param } from '@nestjs/common';
import { Door } from '../http/door.js';
import { parsed } from '../http/parsed.js';
import { EnrollmentService } from './enrollment.service.js';

@Controller()
export class EnrollmentController {
  constructor(private readonly enrollment: EnrollmentService) {}

  @Door('listEnrollTokens')
  tokens(): Promise<EnrollTokenInfo[]> {
    return this.enrollment.tokens();
  }

  @Door('createEnrollToken')
  createToken(@Body(parsed(EnrollTokenRequest)) request: EnrollTokenRequest): Promise<EnrollTokenCreated> {
    return this.enrollment.createToken(request);
  }

  @Door('revokeEnrollToken')
  revokeToken(@Param(parsed(routes.revokeEnrollToken.params)) { id }: { id: string }): Promise<void> {
    return this.enrollment.revokeToken(id);
  }

  @Door('enroll')
  enroll(@Body(parsed(EnrollRequest)) request: EnrollRequest, @Ip() address: string): Promise<EnrollReceipt> {
    return this.enrollment.enroll(request, address);
  }
}
