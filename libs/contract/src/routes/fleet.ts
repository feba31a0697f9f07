import { z } from 'zod';
import { FleetSnapshot, TrendPoint } from '../fleet.js';
import { HostDetail, VmsInReach } from '../host-detail.js';
import { HostRunbook, WhatIfAnswer, WhatIfQuery } from '../host-plan.js';
import { id } from './params.js';
import type { Route } from './route.js';

/** What people ask of the fleet. */
export const fleetRoutes = {
  fleet: {
    method: 'GET',
    path: '/api/v1/fleet',
    permission: 'fleet:read',
    summary: 'The whole fleet at one seq of the change stream',
    answers: { 200: FleetSnapshot },
  },
  trend: {
    method: 'GET',
    path: '/api/v1/fleet/trend',
    permission: 'fleet:read',
    summary: 'Hosts per level and VMs at risk, a point a day',
    query: z.strictObject({ weeks: z.enum(['8', '26', '52']).default('8') }),
    answers: { 200: z.array(TrendPoint) },
  },
  host: {
    method: 'GET',
    path: '/api/v1/hosts/:id',
    permission: 'host:read',
    summary: 'One host: why, blast radius, modes, raw report',
    params: id,
    answers: { 200: HostDetail },
  },
  hostVms: {
    method: 'GET',
    path: '/api/v1/hosts/:id/vms',
    permission: 'host:read',
    summary: 'The VMs within reach of one host',
    params: id,
    answers: { 200: VmsInReach },
  },
  whatIf: {
    method: 'GET',
    path: '/api/v1/hosts/:id/what-if',
    permission: 'host:read',
    summary: 'The score of a host with another mode, its LUNs unmasked, its guards set or its patches delayed',
    params: id,
    query: WhatIfQuery,
    answers: { 200: WhatIfAnswer },
  },
  hostRunbook: {
    method: 'GET',
    path: '/api/v1/hosts/:id/runbook',
    permission: 'host:read',
    summary: 'How to change a host without its LUNs at stake, and the traps on it',
    params: id,
    answers: { 200: HostRunbook },
  },
} as const satisfies Record<string, Route>;
