import type { ReportReceipt } from '@lunwarden/contract';
import { Controller, Headers, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Clock } from '../clock.js';
import { PreflightDesk } from '../gate/preflight-desk.js';
import { RawBody } from '../http/body.js';
import { Door } from '../http/door.js';
import { type Principal, Who } from '../http/principal.js';
import { Refusal } from '../http/refusal.js';
import { decodeReport } from './decode-report.js';
import { FactsMemory } from './facts-memory.js';
import { IntakeService } from './intake.service.js';

/** A proxy's report comes in. */
@Controller()
export class IntakeController {
  constructor(
    private readonly intake: IntakeService,
    private readonly memory: FactsMemory,
    private readonly preflights: PreflightDesk,
    private readonly clock: Clock,
  ) {}

  @Door('report')
  async receive(
    @Who() who: Principal,
    @RawBody() body: Buffer,
    @Headers('content-encoding') encoding: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReportReceipt> {
    // The guard has seen to this; the type has not.
    if (who.kind !== 'agent') throw new Refusal('forbidden', 'Only a host may report, with its own key.');
    const at = this.clock.now();
    const decoded = await decodeReport(body, encoding, this.memory);
    const { nonce, ageMs } = decoded.head;
    const arrived = { hostId: who.hostId, nonce, ageMs, at };
    const receipt = await this.preflights.receipt(arrived, await this.intake.accept(who.hostId, decoded));
    reply.code(receipt.result === 'duplicate' ? 200 : 202);
    return receipt;
  }
}
