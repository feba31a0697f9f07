import type { Permission } from '@lunwarden/contract';
import { Button, Switch } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useSingleKeys } from '../../ui/keyboard.js';
import { pagesFor } from './pages.js';
import classes from './palette.module.css';

type Props = { permissions: readonly Permission[]; onClose: () => void };

/** Every key that does something, and the switch that turns the single ones off. */
export function KeysHelp({ permissions, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [isOn, setOn] = useSingleKeys();
  useEffect(() => dialog.current?.showModal(), []);
  const keys = [
    ['Ctrl K, ⌘ K', 'Jump to a screen or a host'],
    ...pagesFor(permissions).map(({ key, label }) => [`g ${key}`, label]),
    ['/', 'Search the hosts'],
    ['j, k', 'Next host, previous host'],
    ['Enter', 'Open the host'],
    ['?', 'This list'],
  ];
  return (
    <dialog ref={dialog} className={classes.palette} aria-labelledby="keys-title" onClose={onClose}>
      <div className="stack wide">
        <h2 id="keys-title">Keys</h2>
        <dl className={classes.keys}>
          {keys.map(([key, what]) => (
            <div key={key} className="row">
              <dt className="mono">{key}</dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
        <Switch
          label="Single keys act (Ctrl K always does)"
          checked={isOn}
          onChange={(event) => setOn(event.currentTarget.checked)}
        />
        <div>
          <Button onClick={() => dialog.current?.close()}>Close</Button>
        </div>
      </div>
    </dialog>
  );
}
