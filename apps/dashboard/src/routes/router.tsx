import { createRouter } from '@tanstack/react-router';
import { actionsRoute } from './actions.js';
import { Broken } from './broken.js';
import { feedsRoute } from './feeds.js';
import { gateRoute, gatesRoute, overridesRoute } from './gate.js';
import { hostRoute } from './host.js';
import { hostsRoute } from './hosts.js';
import { overviewRoute } from './overview.js';
import { policyRoute } from './policy.js';
import { reportsRoute } from './reports.js';
import { rootRoute } from './root.js';
import { datastoreRoute, storageRoute } from './storage.js';
import { tokensRoute } from './tokens.js';
import { vcentersRoute } from './vcenters.js';

const routeTree = rootRoute.addChildren([
  overviewRoute,
  hostsRoute,
  hostRoute,
  storageRoute,
  datastoreRoute,
  gatesRoute,
  gateRoute,
  overridesRoute,
  actionsRoute,
  reportsRoute,
  vcentersRoute,
  feedsRoute,
  policyRoute,
  tokensRoute,
]);

/** URLs stay readable: `/hosts?level=critical,high`, not JSON in percent signs. */
export function makeRouter() {
  return createRouter({
    routeTree,
    scrollRestoration: true,
    defaultErrorComponent: Broken,
    // Hovering or focusing a link fetches its page's code.
    defaultPreload: 'intent',
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => {
      const entries = Object.entries(search).flatMap(([name, value]) =>
        value === undefined || value === '' ? [] : [[name, String(value)]],
      );
      const text = new URLSearchParams(entries).toString().replaceAll('%2C', ',');
      return text === '' ? '' : `?${text}`;
    },
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
