import { routes } from '@lunwarden/contract';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { doorKey } from '../http/door.js';
import { Refusal } from '../http/refusal.js';

/** Deny by default: nobody passes but by the permission that the contract gives to the door. */
@Injectable()
export class AccessGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const door: unknown = Reflect.getMetadata(doorKey, context.getHandler());
    const permission = Object.entries(routes).find(([name]) => name === door)?.[1].permission;
    if (permission === 'public') return true;
    throw new Refusal('unauthorized', 'Sign in first.');
  }
}
