import type { Role } from '@lunwarden/contract';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** A signed-in user; `expiresAt` is when the session ends if it is not used again. */
export type SessionPrincipal = {
  kind: 'user';
  userId: string;
  username: string;
  role: Role;
  sessionId: string;
  expiresAt: string;
};

/** Who speaks, as the guard found out. An agent is never a user and a user never an agent. */
export type Principal = { kind: 'anonymous' } | SessionPrincipal | { kind: 'agent'; hostId: string };

const principals = new WeakMap<FastifyRequest['raw'], Principal>();

export const setPrincipal = (request: FastifyRequest, principal: Principal): void => {
  principals.set(request.raw, principal);
};

export const principalOf = (request: FastifyRequest): Principal => principals.get(request.raw) ?? { kind: 'anonymous' };

/** The caller, as a handler's parameter. */
export const Who = createParamDecorator((_: unknown, context: ExecutionContext) =>
  principalOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
