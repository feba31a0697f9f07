import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorBar } from './page.js';

type Props<Part> = {
  /** What a person calls it, e.g. `The chart`: it stands in the error, and each has its own. */
  name: string;
  load: () => Promise<Part>;
  /** Stands in its place until it is there, so that no number is lost because its picture could not be fetched. */
  instead?: ReactNode;
  children: (part: Part) => ReactNode;
};

/**
 * A part of a page whose code is fetched when it is first shown. A query does it and not `React.lazy`, which keeps a
 * failure for ever and throws it at the whole page: this one asks again by itself, and when the browser is back online.
 */
export function Late<Part>({ name, load, instead, children }: Props<Part>) {
  const code = useQuery({
    queryKey: ['code', name],
    queryFn: load,
    networkMode: 'online',
    retry: 2,
    structuralSharing: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
  if (code.data !== undefined) return children(code.data);
  return (
    <>
      {code.error !== null && (
        <ErrorBar
          error={new Error(`${name} could not be fetched from the server.`, { cause: code.error })}
          onRetry={() => void code.refetch()}
          isRetrying={code.isFetching}
        />
      )}
      {/* Not while it merely loads: what shows for a blink is a flicker. */}
      {(code.failureCount > 0 || code.isPaused) && instead}
    </>
  );
}
