import { type RefObject, useEffect, useRef } from 'react';

/**
 * Says when the pointer or the focus of a keyboard enters a box, and when both have left it. A click leaves its focus
 * behind, and somebody who clicked once does not read a row for ever: that focus does not count.
 */
export function useHold(box: RefObject<HTMLElement | null>, onHold: (isHeld: boolean) => void): void {
  const latest = useRef(onHold);
  latest.current = onHold;
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    let hasPointer = false;
    let frame = 0;
    const look = () => latest.current(hasPointer || element.querySelector(':focus-visible') !== null);
    // A focus that moves inside leaves before it arrives.
    const lookSoon = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(look);
    };
    const stop = new AbortController();
    const hear = (type: string, act: () => void) => element.addEventListener(type, act, { signal: stop.signal });
    const point = (isIn: boolean) => () => {
      hasPointer = isIn;
      look();
    };
    hear('pointerenter', point(true));
    hear('pointerleave', point(false));
    hear('focusin', lookSoon);
    hear('focusout', lookSoon);
    return () => {
      stop.abort();
      cancelAnimationFrame(frame);
      latest.current(false);
    };
  }, [box]);
}
