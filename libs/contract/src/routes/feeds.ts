import { z } from 'zod';
import { FeedImport, FeedStatus, importableFeeds } from '../feeds.js';
import type { Route } from './route.js';

/** What is known from outside. */
export const feedRoutes = {
  listFeeds: {
    method: 'GET',
    path: '/api/v1/feeds',
    permission: 'feeds:read',
    summary: 'What is known from outside, and how old it is',
    answers: { 200: z.array(FeedStatus) },
  },
  importFeed: {
    method: 'POST',
    path: '/api/v1/feeds/:kind',
    permission: 'feeds:write',
    summary: 'Import a feed file (plain or gzip); the hosts that it concerns are judged again',
    params: z.strictObject({ kind: z.enum(importableFeeds) }),
    query: z.strictObject({
      /** As endoflife.date spells it; for a list of releases that does not name its product. */
      product: z
        .string()
        .regex(/^[a-z0-9][a-z0-9.-]{0,63}$/)
        .optional(),
      /** The day of a list of releases, where it is known. */
      asOf: z.iso.date().optional(),
    }),
    upload: ['application/octet-stream'],
    answers: { 200: FeedImport },
  },
} as const satisfies Record<string, Route>;
