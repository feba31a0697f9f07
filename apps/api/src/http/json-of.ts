import sjson from 'secure-json-parse';
import { Refusal } from './refusal.js';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
/** Nothing that people or collectors send to these routes nests deeper than a handful of levels. */
const maxDepth = 32;

/**
 * Strict JSON: valid UTF-8 without a byte order mark, bounded depth, no `__proto__`. An empty body is undefined.
 * @throws Refusal malformed_body
 */
export function jsonOf(bytes: Uint8Array): unknown {
  if (bytes.length === 0) return undefined;
  try {
    const text = utf8.decode(bytes);
    if (text.startsWith('\ufeff') || depthOf(text) > maxDepth) throw new SyntaxError('a mark, or too deep');
    return sjson.parse(text, text.includes('\\u') ? refuseHalfCharacter : null, {
      protoAction: 'error',
      constructorAction: 'error',
    });
  } catch (cause) {
    if (!(cause instanceof SyntaxError || cause instanceof TypeError)) throw cause;
    throw new Refusal(
      'malformed_body',
      `Send JSON in UTF-8 without a byte order mark, at most ${maxDepth} levels deep.`,
    );
  }
}

/** Escapes can spell half of a character, which PostgreSQL would silently store as another one. */
function refuseHalfCharacter(key: string, value: unknown): unknown {
  if (/\p{Surrogate}/u.test(key) || (typeof value === 'string' && /\p{Surrogate}/u.test(value)))
    throw new SyntaxError('half a character');
  return value;
}

/** Deepest level of brackets outside of strings; JSON.parse itself would take a million. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (isInString) {
      if (char === '\\') at += 1;
      else if (char === '"') isInString = false;
    } else if (char === '"') isInString = true;
    else if (char === '{' || char === '[') deepest = Math.max(deepest, ++depth);
    else if (char === '}' || char === ']') depth -= 1;
  }
  return deepest;
}
