import { type ImportableFeed, routes } from '@lunwarden/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { ask } from './api.js';
import { feedsKey } from './keys.js';

export const feedsQuery = queryOptions({
  queryKey: feedsKey,
  queryFn: ({ signal }) => ask(routes.listFeeds, routes.listFeeds.answers[200], { signal }),
});

export type FeedFile = { kind: ImportableFeed; file: Blob; product: string; asOf: string };

export function useFeedImport() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ kind, file, product, asOf }: FeedFile) => {
      const query = { ...(product === '' ? {} : { product }), ...(asOf === '' ? {} : { asOf }) };
      return ask(routes.importFeed, routes.importFeed.answers[200], { params: { kind }, query, file });
    },
    onSuccess: () => cache.invalidateQueries({ queryKey: feedsKey }),
  });
}
