import { useLocalStorage } from '@mantine/hooks';
import { useEffect, useRef } from 'react';

const storageKey = 'lunwarden-single-keys';

/** Whether single letters act: people who dictate, or whose keys stick, must be able to turn them off (WCAG 2.1.4). */
export const useSingleKeys = () =>
  useLocalStorage<boolean>({ key: storageKey, defaultValue: true, getInitialValueInEffect: false });

/** A letter that is typed into something, or that carries a modifier, is no shortcut. */
export function isShortcut(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return false;
  const { target } = event;
  return !(target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable], dialog'));
}

/** Hears single keys on the whole page, wherever the focus is but in a field or a dialog. */
export function useShortcuts(onKey: (event: KeyboardEvent) => void): void {
  const [isOn] = useSingleKeys();
  const latest = useRef(onKey);
  latest.current = onKey;
  useEffect(() => {
    if (!isOn) return;
    const hear = (event: KeyboardEvent) => {
      if (isShortcut(event)) latest.current(event);
    };
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  }, [isOn]);
}
