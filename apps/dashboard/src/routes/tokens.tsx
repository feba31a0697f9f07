import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from './root.js';

export const tokensRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup/tokens',
  component: lazyRouteComponent(() => import('./tokens-page.js'), 'TokensPage'),
});
