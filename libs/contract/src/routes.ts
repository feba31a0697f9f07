import { accessRoutes } from './routes/access.js';
import { feedRoutes } from './routes/feeds.js';
import { findingRoutes } from './routes/finding.js';
import { fleetRoutes } from './routes/fleet.js';
import { gateRoutes } from './routes/gate.js';
import { intakeRoutes } from './routes/intake.js';
import { policyRoutes } from './routes/policy.js';
import { storageRoutes } from './routes/storage.js';
import { vcenterRoutes } from './routes/vcenter.js';
import { weeklyRoutes } from './routes/weekly.js';

export type { Route } from './routes/route.js';

/** Every door of the API: the controllers, the guard, the dashboard's client and OpenAPI read this one table. A noun is a file. */
export const routes = {
  ...accessRoutes,
  ...intakeRoutes,
  ...fleetRoutes,
  ...vcenterRoutes,
  ...weeklyRoutes,
  ...feedRoutes,
  ...storageRoutes,
  ...gateRoutes,
  ...findingRoutes,
  ...policyRoutes,
} as const;

export type RouteName = keyof typeof routes;
/** The change stream: a WebSocket, opened with a session and an Origin of our own. `?since=` is the last seq seen. */
export const livePath = '/api/v1/live';
/** Header that every writing call of a browser carries; no other site can send it (CSRF). */
export const csrfHeader = { name: 'x-lunwarden', value: '1' } as const;
