import { createRoute, lazyRouteComponent, stripSearchParams } from '@tanstack/react-router';
import { sortText, worstFirst } from '../data/hosts-order.js';
import { HostsSearch } from '../data/hosts-search.js';
import { rootRoute } from './root.js';

export const hostsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/hosts',
  validateSearch: HostsSearch,
  search: { middlewares: [stripSearchParams({ sort: sortText(worstFirst) })] },
  component: lazyRouteComponent(() => import('./hosts-page.js'), 'HostsPage'),
});
