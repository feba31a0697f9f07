import type { Permission } from '@lunwarden/contract';
import { TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useFleetView } from '../../data/fleet-view.js';
import { pagesFor } from './pages.js';
import classes from './palette.module.css';
import { type PaletteItem, paletteItems } from './palette-items.js';

type Props = { permissions: readonly Permission[]; onClose: () => void };

/** Jump to a screen or a host. A combobox with a list box (WAI-ARIA), in the browser's own dialog, which gives the focus back. */
export function Palette({ permissions, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className={classes.palette} aria-label="Jump to a screen or a host" onClose={onClose}>
      <Finder permissions={permissions} onDone={() => dialog.current?.close()} />
    </dialog>
  );
}

function Finder({ permissions, onDone }: { permissions: readonly Permission[]; onDone: () => void }) {
  const { data } = useFleetView();
  const navigate = useNavigate();
  const listId = useId();
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const hosts = data?.hosts;
  const items = useMemo(
    () => paletteItems(query, { pages: pagesFor(permissions), hosts: hosts ?? [] }),
    [query, permissions, hosts],
  );
  const chosen = items[Math.min(active, items.length - 1)];
  const open = (item: PaletteItem) => {
    onDone();
    if (item.kind === 'page') void navigate({ to: item.to });
    else void navigate({ to: '/hosts/$id', params: { id: item.hostId } });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setActive((active + step + items.length) % Math.max(1, items.length));
    else if (event.key === 'Enter' && chosen !== undefined) open(chosen);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <TextInput
        aria-label="Screen or host"
        placeholder="Screen or host"
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={chosen === undefined ? undefined : listId + chosen.id}
        autoComplete="off"
        value={query}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setActive(0);
        }}
      />
      <Options items={items} listId={listId} chosen={chosen} onOpen={open} />
      {items.length === 0 && (
        <p className="dim" role="status">
          No screen and no host of that name.
        </p>
      )}
    </>
  );
}

type OptionsProps = {
  items: readonly PaletteItem[];
  listId: string;
  chosen: PaletteItem | undefined;
  onOpen: (item: PaletteItem) => void;
};

function Options({ items, listId, chosen, onOpen }: OptionsProps) {
  const list = useRef<HTMLDivElement>(null);
  const chosenId = chosen?.id;
  useEffect(() => {
    if (chosenId !== undefined)
      list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosenId]);
  return (
    <div ref={list} id={listId} role="listbox" aria-label="Screens and hosts" className={classes.list}>
      {items.map((item) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, which keeps the focus
        <div
          key={item.id}
          id={listId + item.id}
          role="option"
          tabIndex={-1}
          aria-selected={item.id === chosenId}
          className={classes.option}
          onClick={() => onOpen(item)}
        >
          <span>{item.label}</span>
          <span className="dim">{item.hint}</span>
        </div>
      ))}
    </div>
  );
}
