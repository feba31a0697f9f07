import { type RefObject, useEffect, useRef } from 'react';

/** Says when the pointer or the focus enters a box, and when both have left it. */
export function useHold(box: RefObject<HTMLElement | null>, onHold: (isHeld: boolean) => void): void {
  const latest = useRef(onHold);
  latest.current = onHold;
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const on = { pointer: false, focus: false };
    const tell = (part: keyof typeof on, isOn: boolean) => {
      on[part] = isOn;
      latest.current(on.pointer || on.focus);
    };
    const stop = new AbortController();
    const hear = (type: string, part: keyof typeof on, isOn: boolean) =>
      element.addEventListener(type, () => tell(part, isOn), { signal: stop.signal });
    hear('pointerenter', 'pointer', true);
    hear('pointerleave', 'pointer', false);
    hear('focusin', 'focus', true);
    hear('focusout', 'focus', false);
    return () => {
      stop.abort();
      latest.current(false);
    };
  }, [box]);
}
