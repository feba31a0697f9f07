import { Copy } from './copy.js';

/**
 * A sentence in which commands stand between backticks: they are shown as code, each with its copy button; without
 * `copies`, as where nobody should run them, there is none.
 */
export function CodeText({ text, copies = true }: { text: string; copies?: boolean }) {
  // Odd parts stood between backticks.
  return text.split('`').map((part, place) =>
    place % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a part has no identity but its place
      <span key={place}>
        <code>{part}</code>
        {copies && (
          <>
            {' '}
            <Copy text={part} />
          </>
        )}
      </span>
    ),
  );
}
