import { type FindingUpdate, routes } from '@lunwarden/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { ask } from './api.js';
import { findingsKey, hostFindingsKey } from './keys.js';

/** What is found in the fleet and not verified as fixed, by rule. */
export const findingsQuery = queryOptions({
  queryKey: findingsKey,
  queryFn: ({ signal }) => ask(routes.listFindings, routes.listFindings.answers[200], { signal }),
});

export const hostFindingsQuery = (id: string) =>
  queryOptions({
    queryKey: hostFindingsKey(id),
    queryFn: ({ signal }) => ask(routes.hostFindings, routes.hostFindings.answers[200], { params: { id }, signal }),
  });

export function useFindingUpdate(hostId: string, rule: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: FindingUpdate) =>
      ask(routes.updateFinding, routes.updateFinding.answers[200], { params: { id: hostId, rule }, body }),
    // Also after a refusal: most likely somebody else was faster, and the page shows an old version.
    onSettled: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: hostFindingsKey(hostId) }),
        cache.invalidateQueries({ queryKey: findingsKey }),
      ]),
  });
}
