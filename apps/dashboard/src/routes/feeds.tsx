import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from './root.js';

export const feedsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup/feeds',
  component: lazyRouteComponent(() => import('./feeds-page.js'), 'FeedsPage'),
});
