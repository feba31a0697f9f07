import { useEffect, useRef } from 'react';
import classes from './check-menu.module.css';

type Choice = { value: string; label: string; isChecked: boolean; isFixed?: boolean };
type Props = {
  label: string;
  /** What the closed menu says after its label. */
  says?: string;
  choices: readonly Choice[];
  onToggle: (value: string) => void;
};

/** A native disclosure with boxes: works with a keyboard and without a script of its own; the boxes are labelled. */
export function CheckMenu({ label, says = '', choices, onToggle }: Props) {
  const box = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event) => {
      const isInside = event.target instanceof Node && box.current?.contains(event.target);
      if (box.current !== null && !isInside) box.current.open = false;
    };
    document.addEventListener('pointerdown', close);
    document.addEventListener('focusin', close);
    return () => {
      document.removeEventListener('pointerdown', close);
      document.removeEventListener('focusin', close);
    };
  }, []);
  return (
    <details
      ref={box}
      className={classes.menu}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || box.current === null) return;
        box.current.open = false;
        box.current.querySelector('summary')?.focus();
      }}
    >
      <summary>
        {label}
        {says !== '' && `: ${says}`}
      </summary>
      <fieldset className={classes.list}>
        <legend className="visually-hidden">{label}</legend>
        {choices.map(({ value, label: word, isChecked, isFixed }) => (
          <label key={value}>
            <input type="checkbox" checked={isChecked} disabled={isFixed} onChange={() => onToggle(value)} />
            {word}
          </label>
        ))}
      </fieldset>
    </details>
  );
}
