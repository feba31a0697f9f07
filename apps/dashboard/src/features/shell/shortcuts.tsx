import type { Permission } from '@lunwarden/contract';
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useShortcuts } from '../../ui/keyboard.js';
import { Late } from '../../ui/late.js';
import { pagesFor } from './pages.js';

const loadPalette = async () => (await import('./palette.js')).Palette;
const loadHelp = async () => (await import('./keys-help.js')).KeysHelp;

/** How long after `g` its letter may come. */
const sequenceMs = 1_500;

/** Ctrl K, `g` and a letter, `?`; and the button for whoever has no keyboard. */
export function Shortcuts({ permissions }: { permissions: readonly Permission[] }) {
  const [open, setOpen] = useState<'palette' | 'help' | null>(null);
  const navigate = useNavigate();
  const goUntil = useRef(0);
  useEffect(() => {
    // Fetched while nobody waits for it: it opens at once.
    const timer = setTimeout(() => void loadPalette().catch(() => undefined), 1_000);
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
      {open === 'palette' && (
        <Late name="The list of screens and hosts" load={loadPalette}>
          {(Palette) => <Palette permissions={permissions} onClose={close} />}
        </Late>
      )}
      {open === 'help' && (
        <Late name="The list of keys" load={loadHelp}>
          {(KeysHelp) => <KeysHelp permissions={permissions} onClose={close} />}
        </Late>
      )}
    </>
  );
}
