import { randomUUID } from 'node:crypto';
import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { problemOf, type Told } from './problem-of.js';

/** The one filter: every error becomes problem details (RFC 9457), and only ours are logged. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  catch(error: unknown, host: ArgumentsHost): void {
    const told = problemOf(error, randomUUID());
    if (told.isOurs) this.logger.error({ instance: told.problem.instance, err: error }, 'request failed');
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (!reply.sent) sendProblem(reply, told);
  }
}

export function sendProblem(reply: FastifyReply, { problem, retryAfterSeconds }: Told): void {
  if (retryAfterSeconds !== null) reply.header('retry-after', retryAfterSeconds);
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
  reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}
