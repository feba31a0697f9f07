import type { Permission } from '@lunwarden/contract';
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useShortcuts } from '../../ui/keyboard.js';
import { pagesFor } from './pages.js';

const loadPalette = () => import('./palette.js');
const Palette = lazy(async () => ({ default: (await loadPalette()).Palette }));
const KeysHelp = lazy(async () => ({ default: (await import('./keys-help.js')).KeysHelp }));

/** How long after `g` its letter may come. */
const sequenceMs = 1_500;

/** Ctrl K, `g` and a letter, `?`; and the button for whoever has no keyboard. */
export function Shortcuts({ permissions }: { permissions: readonly Permission[] }) {
  const [open, setOpen] = useState<'palette' | 'help' | null>(null);
  const navigate = useNavigate();
  const goUntil = useRef(0);
  useEffect(() => {
    // Fetched while nobody waits for it: it opens at once.
    const timer = setTimeout(() => void loadPalette(), 1_000);
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || event.ctrlKey === event.metaKey || event.altKey) return;
      event.preventDefault();
      setOpen('palette');
    };
    document.addEventListener('keydown', onKey);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('keydown', onKey);
    };
  }, []);
  useShortcuts((event) => {
    const isSecond = event.timeStamp < goUntil.current;
    goUntil.current = !isSecond && event.key === 'g' ? event.timeStamp + sequenceMs : 0;
    const page = isSecond && pagesFor(permissions).find(({ key }) => key === event.key);
    if (page) void navigate({ to: page.to });
    else if (event.key === '?') setOpen('help');
  });
  const close = () => setOpen(null);
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => setOpen('palette')}
        aria-keyshortcuts="Control+K Meta+K"
      >
        Jump to… <span className="dim">&nbsp;Ctrl K</span>
      </Button>
      <Suspense fallback={null}>
        {open === 'palette' && <Palette permissions={permissions} onClose={close} />}
        {open === 'help' && <KeysHelp permissions={permissions} onClose={close} />}
      </Suspense>
    </>
  );
}
