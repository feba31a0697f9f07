import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { StorageSearch } from '../data/storage-search.js';
import { rootRoute } from './root.js';

export const storageRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/storage',
  validateSearch: StorageSearch,
  component: lazyRouteComponent(() => import('./storage-page.js'), 'StoragePage'),
});

export const datastoreRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/storage/datastores/$id',
  component: lazyRouteComponent(() => import('./storage-datastore-page.js'), 'DatastorePage'),
});
