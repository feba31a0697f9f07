/** Nothing that a feed publishes nests deeper than a handful of levels. */
const maxDepth = 16;

/** JSON of bounded depth: JSON.parse itself would follow a million brackets. */
export function* parseJson(text: string): Generator<void, { value: unknown } | { refused: string }> {
  if (isTooDeep(text)) return { refused: `The file nests deeper than ${maxDepth} levels.` };
  yield;
  try {
    const value: unknown = JSON.parse(text);
    return { value };
  } catch {
    return { refused: 'The file is no JSON: fetch it again.' };
  }
}

/** Whether brackets outside of double quotes nest beyond reason. One pass, whatever the text. */
export function isTooDeep(text: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < text.length && depth <= maxDepth; at++) {
    const char = text.charCodeAt(at);
    if (isInString && char === backslash) at++;
    else if (char === quote) isInString = !isInString;
    else if (!isInString && (char === 0x5b || char === 0x7b)) depth++;
    else if (!isInString && (char === 0x5d || char === 0x7d)) depth--;
  }
  return depth > maxDepth;
}

const [backslash, quote] = [0x5c, 0x22];
