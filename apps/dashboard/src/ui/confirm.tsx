import { Button } from '@mantine/core';
import { type ReactNode, useRef } from 'react';
import classes from './confirm.module.css';

type Question = { label: string; title: string; children: ReactNode; onConfirm: () => void };

/** A button that asks first. The browser's own dialog traps the focus, gives it back and closes on Escape. */
export function Confirm({ label, title, children, onConfirm }: Question) {
  const dialog = useRef<HTMLDialogElement>(null);
  const close = () => dialog.current?.close();
  return (
    <>
      <Button size="xs" variant="default" onClick={() => dialog.current?.showModal()}>
        {label}
      </Button>
      <dialog ref={dialog} className={classes.dialog} aria-label={title}>
        <div className="stack wide">
          <h2>{title}</h2>
          <div>{children}</div>
          <div className="row">
            <Button
              onClick={() => {
                close();
                onConfirm();
              }}
            >
              {label}
            </Button>
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
          </div>
        </div>
      </dialog>
    </>
  );
}
