/** How many spellings are kept, and how long one may be: they come from outside, so both have an end. */
const most = 8_192;
const longest = 1_024;

/** The same reading of texts, each text read once: forgets all of them when there are too many. */
export function readOnce<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const value = read(text);
    if (text.length > longest) return value;
    if (known.size >= most) known.clear();
    known.set(text, value);
    return value;
  };
}
