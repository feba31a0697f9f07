import type { ErrorComponentProps } from '@tanstack/react-router';
import { ErrorBar, Page } from '../ui/page.js';

/** A page that threw: the frame around it and its navigation stay. */
export function Broken({ error, reset }: ErrorComponentProps) {
  return (
    <Page title="This page failed">
      <ErrorBar error={error instanceof Error ? error : new Error('Something unforeseen happened.')} onRetry={reset} />
    </Page>
  );
}
