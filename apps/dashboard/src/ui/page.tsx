import { Button, Skeleton } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { clockText } from './instant.js';

/** A page has one h1, and the browser's tab says the same. */
export function Page({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Lunwarden`;
  }, [title]);
  return (
    <div className="stack wide">
      <div className="row spread">
        <h1>{title}</h1>
        {aside}
      </div>
      {children}
    </div>
  );
}

/** Empty is a reason and one thing to do. */
export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="card stack" data-testid="empty">
      <h2>{title}</h2>
      {children !== undefined && <div className="dim prose">{children}</div>}
      {action !== undefined && <div>{action}</div>}
    </div>
  );
}

type Failure = { error: Error; onRetry: () => void; lastGoodAt?: number; isRetrying?: boolean };

/** An error keeps what was on screen: this bar says until when that was right. */
export function ErrorBar({ error, onRetry, lastGoodAt, isRetrying = false }: Failure) {
  const lastGood = lastGoodAt === undefined || lastGoodAt === 0 ? '' : ` Shown: last good ${clockText(lastGoodAt)}.`;
  return (
    <div className="bar sev-unknown hatch row spread" role="alert" data-testid="error-bar">
      <span>
        {error.message}
        {lastGood}
      </span>
      <Button size="xs" variant="default" onClick={onRetry} loading={isRetrying}>
        Retry
      </Button>
    </div>
  );
}

/** Grey lines of the size of what is coming, so that nothing jumps. */
export function Loading({ label, lines = 6, height = 28 }: { label: string; lines?: number; height?: number }) {
  return (
    <div className="stack" role="status" aria-label={label} data-testid="loading">
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: grey lines have no other identity
        <Skeleton key={line} height={height} animate={false} />
      ))}
    </div>
  );
}

type Query<T> = {
  data: T | undefined;
  error: Error | null;
  isFetching: boolean;
  dataUpdatedAt: number;
  refetch: () => unknown;
};

/** Loading, failed or there, and failed-but-there: every place that shows server state shows all four. */
export function Loaded<T>(props: { query: Query<T>; label: string; lines?: number; children: (data: T) => ReactNode }) {
  const { query, label, lines, children } = props;
  return (
    <>
      {query.error !== null && (
        <ErrorBar
          error={query.error}
          onRetry={() => void query.refetch()}
          lastGoodAt={query.dataUpdatedAt}
          isRetrying={query.isFetching}
        />
      )}
      {query.data !== undefined && children(query.data)}
      {query.data === undefined && query.error === null && <Loading label={label} lines={lines} />}
    </>
  );
}
