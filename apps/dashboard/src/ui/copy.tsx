import { Button } from '@mantine/core';
import { useState } from 'react';
import { ScrollBox } from './scroll-box.js';

/** Copies exactly this text; says so in words, and says so when the browser refuses (no clipboard over plain http). */
export function Copy({ text, label = 'Copy' }: { text: string; label?: string }) {
  const [said, setSaid] = useState(label);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid('Copied');
    } catch {
      setSaid('Select and copy by hand');
    }
    setTimeout(() => setSaid(label), 2000);
  };
  return (
    <Button size="compact-xs" variant="default" onClick={() => void copy()}>
      <span aria-live="polite">{said}</span>
    </Button>
  );
}

/** A command as it is typed, with its copy button. */
export function Command({ text }: { text: string }) {
  return (
    <div className="row" data-testid="command">
      <ScrollBox label="Command" className="raw">
        <pre>{text}</pre>
      </ScrollBox>
      <Copy text={text} />
    </div>
  );
}
