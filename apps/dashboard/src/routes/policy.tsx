import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from './root.js';

export const policyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup/policy',
  component: lazyRouteComponent(() => import('./policy-page.js'), 'PolicyPage'),
});
