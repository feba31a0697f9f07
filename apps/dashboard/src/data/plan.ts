import { routes, type WhatIfQuery } from '@lunwarden/contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { ask } from './api.js';
import { hostRunbookKey, whatIfKey } from './keys.js';

export const hostRunbookQuery = (id: string) =>
  queryOptions({
    queryKey: hostRunbookKey(id),
    queryFn: ({ signal }) => ask(routes.hostRunbook, routes.hostRunbook.answers[200], { params: { id }, signal }),
  });

/** Only switches that are turned, so that one scenario has one name. */
export const switchesOf = ({ mode, unmask, harden, delayDays }: WhatIfQuery): WhatIfQuery => ({
  ...(mode === undefined ? {} : { mode }),
  ...(unmask === undefined ? {} : { unmask }),
  ...(harden === undefined ? {} : { harden }),
  ...(delayDays === undefined || Number(delayDays) === 0 ? {} : { delayDays }),
});

/**
 * Whether an answer was given while the facts still held, and they hold no longer: then nothing in it may be read.
 * `isExpired`: what the page's own timer says of the host's verdict.
 */
export const isOutlived = (evaluatedAt: string, { validUntil }: { validUntil: string }, isExpired: boolean): boolean =>
  isExpired && Date.parse(evaluatedAt) < Date.parse(validUntil);

/** The scorer of the server, run again. While an answer is on its way the last one stays, marked as such. */
export const whatIfQuery = (id: string, search: WhatIfQuery) => {
  const query = switchesOf(search);
  return queryOptions({
    queryKey: whatIfKey(id, query),
    queryFn: ({ signal }) => ask(routes.whatIf, routes.whatIf.answers[200], { params: { id }, query, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
};
