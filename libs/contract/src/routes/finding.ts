import { z } from 'zod';
import { FindingGroup, FindingUpdate, FindingWork, RuleName } from '../finding-work.js';
import { id } from './params.js';
import type { Route } from './route.js';

/** The work on findings. */
export const findingRoutes = {
  listFindings: {
    method: 'GET',
    path: '/api/v1/findings',
    permission: 'finding:read',
    summary: 'What is found in the fleet and not verified as fixed, by rule',
    answers: { 200: z.array(FindingGroup) },
  },
  hostFindings: {
    method: 'GET',
    path: '/api/v1/hosts/:id/findings',
    permission: 'finding:read',
    summary: 'The work on the findings of one host',
    params: id,
    answers: { 200: z.array(FindingWork) },
  },
  updateFinding: {
    method: 'POST',
    path: '/api/v1/hosts/:id/findings/:rule',
    permission: 'finding:write',
    summary: 'Say how far the work on a finding is, or accept its risk until a date',
    params: z.strictObject({ id: z.uuid(), rule: RuleName }),
    body: FindingUpdate,
    answers: { 200: FindingWork },
  },
} as const satisfies Record<string, Route>;
