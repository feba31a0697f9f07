import type { RefObject } from 'react';
import { useShortcuts } from '../../ui/keyboard.js';

/**
 * `j` and `k` walk over the rows, wherever the focus is but in a field; Enter on the link that then has the focus
 * opens the host. `reveal` brings a row into the page, which a virtual table may not hold yet.
 */
export function useRowKeys(box: RefObject<HTMLElement | null>, count: number, reveal: (index: number) => void): void {
  useShortcuts(({ key }) => {
    if ((key !== 'j' && key !== 'k') || count === 0) return;
    const next = Math.min(count - 1, Math.max(0, focusedIndex(box.current) + (key === 'j' ? 1 : -1)));
    reveal(next);
    focusRow(box.current, next, 10);
  });
}

function focusedIndex(box: HTMLElement | null): number {
  const row = document.activeElement?.closest('[data-index]');
  if (!(row instanceof HTMLElement) || !box?.contains(row)) return -1;
  return Number(row.dataset.index);
}

/** The row may need a frame or two until it is there. */
function focusRow(box: HTMLElement | null, index: number, tries: number): void {
  const link = box?.querySelector<HTMLElement>(`[data-index="${index}"] [data-row-link]`);
  if (link) link.focus({ preventScroll: true });
  else if (tries > 0) requestAnimationFrame(() => focusRow(box, index, tries - 1));
}
