import { readText } from './xml-text.js';

/** An element's start. `type` is xsi:type without its prefix, `kind` the unprefixed attribute `type`. */
export interface StartTag {
  /** As written, to be compared with the end tag. */
  readonly name: string;
  readonly local: string;
  readonly type: string | null;
  readonly kind: string | null;
  readonly isEmpty: boolean;
}

const nameText = /[A-Za-z_:][\w:.-]*/y;
const attributeText = /\s+([A-Za-z_:][\w:.-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const endText = /\s*(\/?)$/y;

/** Reads what stands between `<` and a `>`; `unfinished` = that `>` belongs to an attribute. */
export function readStartTag(
  source: string,
  most: number,
): StartTag | 'malformed' | 'unfinished' | 'too-many-attributes' {
  nameText.lastIndex = 0;
  const name = nameText.exec(source)?.[0];
  if (name === undefined) return 'malformed';
  const attributes = new Map<string, string>();
  let at = name.length;
  for (let count = 0; ; count++) {
    attributeText.lastIndex = at;
    const found = attributeText.exec(source);
    if (found === null) break;
    if (count >= most) return 'too-many-attributes';
    const [whole, key = '', double, single] = found;
    const written = double ?? single ?? '';
    const value = readText(written);
    if (value === null || attributes.has(key)) return 'malformed';
    attributes.set(key, value);
    at += whole.length;
  }
  endText.lastIndex = at;
  const end = endText.exec(source);
  if (end === null) return /=\s*(?:"[^"<]*|'[^'<]*)$/.test(source.slice(at)) ? 'unfinished' : 'malformed';
  return { name, local: bare(name), ...typesOf(attributes), isEmpty: end[1] === '/' };
}

function typesOf(attributes: ReadonlyMap<string, string>): Pick<StartTag, 'type' | 'kind'> {
  let type: string | null = null;
  for (const [key, value] of attributes) if (key.endsWith(':type') && !key.startsWith('xmlns:')) type = bare(value);
  return { type, kind: attributes.get('type') ?? null };
}

const bare = (name: string): string => name.slice(name.indexOf(':') + 1);
