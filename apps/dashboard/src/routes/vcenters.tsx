import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from './root.js';

export const vcentersRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup/vcenters',
  component: lazyRouteComponent(() => import('./vcenters-page.js'), 'VcentersPage'),
});
