import { Copy } from './copy.js';

/** A sentence in which commands stand between backticks: they are shown as code, each with its copy button. */
export function CodeText({ text }: { text: string }) {
  // Odd parts stood between backticks.
  return text.split('`').map((part, place) =>
    place % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a part has no identity but its place
      <span key={place}>
        <code>{part}</code> <Copy text={part} />
      </span>
    ),
  );
}
