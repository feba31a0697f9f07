import { SiteConstantRequest, SitePolicy } from '../site-policy.js';
import type { Route } from './route.js';

/** By which constants this site judges. */
export const policyRoutes = {
  sitePolicy: {
    method: 'GET',
    path: '/api/v1/policy',
    permission: 'fleet:read',
    summary: 'The constants of the risk model that a site may set, with bounds and who set them',
    answers: { 200: SitePolicy },
  },
  changePolicy: {
    method: 'POST',
    path: '/api/v1/policy',
    permission: 'policy:write',
    summary: 'Set one constant or put it back; every host is judged again',
    body: SiteConstantRequest,
    answers: { 200: SitePolicy },
  },
} as const satisfies Record<string, Route>;
