import { Refusal } from '../http/refusal.js';
import { scan } from './scan.js';

/** Strict UTF-8; a byte order mark stays and is refused as JSON. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Strictly UTF-8, scanned and parsed.
 * @param outer containers that these bytes stand in
 * @returns `nodes` as `scan` counts them
 * @throws Refusal malformed_body
 */
export function readJson(bytes: Uint8Array, outer = 0): { value: unknown; nodes: number } {
  const text = textOf(bytes);
  const nodes = scan(bytes, outer);
  try {
    return { value: JSON.parse(text), nodes };
  } catch {
    throw new Refusal('malformed_body', 'The body is not JSON.');
  }
}

function textOf(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new Refusal('malformed_body', 'Send JSON in UTF-8.');
  }
}
