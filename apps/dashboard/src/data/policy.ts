import { routes, type SiteConstantRequest } from '@lunwarden/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { ask } from './api.js';
import { policyKey } from './keys.js';

/** By which constants this site judges. */
export const policyQuery = queryOptions({
  queryKey: policyKey,
  queryFn: ({ signal }) => ask(routes.sitePolicy, routes.sitePolicy.answers[200], { signal }),
});

export function usePolicyChange() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: SiteConstantRequest) => ask(routes.changePolicy, routes.changePolicy.answers[200], { body }),
    onSuccess: (policy) => cache.setQueryData(policyKey, policy),
    // Most likely somebody else was faster.
    onError: () => cache.invalidateQueries({ queryKey: policyKey }),
  });
}
