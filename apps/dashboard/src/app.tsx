import { createTheme, defaultVariantColorsResolver, MantineProvider, type VariantColorsResolver } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { type Data, DataContext } from './data/context.js';
import { makeRouter } from './routes/router.js';

/** Our own tokens in place of Mantine's palette: its white on the dark scheme's accent cannot be read. */
const buttonColours: VariantColorsResolver = (input) =>
  input.variant === 'filled'
    ? {
        background: 'var(--accent)',
        hover: 'var(--accent)',
        color: 'var(--on-accent)',
        border: '1px solid transparent',
      }
    : defaultVariantColorsResolver(input);

const theme = createTheme({
  variantColorResolver: buttonColours,
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "'JetBrains Mono', ui-monospace, monospace",
  defaultRadius: 6,
  respectReducedMotion: true,
});

/** `data` is handed in, so that a test can look at the cache and the feed. */
export function App({ data }: { data: Data }) {
  const [router] = useState(() => makeRouter());
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
      <QueryClientProvider client={data.cache}>
        <DataContext value={data}>
          <RouterProvider router={router} />
        </DataContext>
      </QueryClientProvider>
    </MantineProvider>
  );
}
