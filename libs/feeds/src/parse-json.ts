/** Nothing that a feed publishes nests deeper than a handful of levels. */
const maxDepth = 16;

/** JSON of bounded depth: JSON.parse itself would follow a million brackets. */
export function parseJson(text: string): { value: unknown } | { refused: string } {
  if (isTooDeep(text)) return { refused: `The file nests deeper than ${maxDepth} levels.` };
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
    const char = text[at];
    if (isInString && char === '\\') at++;
    else if (char === '"') isInString = !isInString;
    else if (!isInString && (char === '[' || char === '{')) depth++;
    else if (!isInString && (char === ']' || char === '}')) depth--;
  }
  return depth > maxDepth;
}
