import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { HostSearch } from './host-tabs.js';
import { rootRoute } from './root.js';

export const hostRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/hosts/$id',
  validateSearch: HostSearch,
  component: lazyRouteComponent(() => import('./host-page.js'), 'HostPage'),
});
