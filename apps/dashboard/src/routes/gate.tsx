import { createRoute, lazyRouteComponent, stripSearchParams } from '@tanstack/react-router';
import { GateSearch } from './gate-search.js';
import { OverridesSearch } from './overrides-search.js';
import { rootRoute } from './root.js';

export const gatesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/gate',
  component: lazyRouteComponent(() => import('./windows-page.js'), 'WindowsPage'),
});

export const gateRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/gate/$id',
  validateSearch: GateSearch,
  search: { middlewares: [stripSearchParams({ asks: 'plan' })] },
  component: lazyRouteComponent(() => import('./gate-page.js'), 'GatePage'),
});

export const overridesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/overrides',
  validateSearch: OverridesSearch,
  search: { middlewares: [stripSearchParams({ show: 'open' })] },
  component: lazyRouteComponent(() => import('./overrides-page.js'), 'OverridesPage'),
});
