import type { StartTag } from './start-tag.js';

/** An answer of any size repeats some hundred tags; one that never does must not fill the memory. */
const tagSlots = 4_096;
const tagProbes = 8;
const textSlots = 1_024;
const longestText = 32;

/** True if the bytes from `from` on are exactly this text, which is ASCII. */
function isAt(text: string, source: Buffer, from: number, to: number): boolean {
  if (text.length !== to - from) return false;
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) !== source[from + at]) return false;
  return true;
}

/** Start tags by what stands between `<` and `>`. Full or unlucky, it forgets nothing and learns nothing more. */
export class TagMemo {
  private readonly sources: (string | undefined)[] = new Array(tagSlots);
  private readonly tags: (StartTag | undefined)[] = new Array(tagSlots);

  find(source: Buffer, from: number, to: number, hash: number): StartTag | undefined {
    for (let probe = 0; probe < tagProbes; probe++) {
      const slot = (hash + probe) & (tagSlots - 1);
      const known = this.sources[slot];
      if (known === undefined) return undefined;
      if (isAt(known, source, from, to)) return this.tags[slot];
    }
    return undefined;
  }

  /** @param text ASCII, whose hash is `hash`. */
  keep(text: string, hash: number, tag: StartTag): void {
    for (let probe = 0; probe < tagProbes; probe++) {
      const slot = (hash + probe) & (tagSlots - 1);
      if (this.sources[slot] !== undefined) continue;
      this.sources[slot] = text;
      this.tags[slot] = tag;
      return;
    }
  }
}

/**
 * Text of ASCII bytes, in memory of its own. The same few words, morefs and flags make up most of an answer: each is
 * made once, so that a map of 400,000 mounts does not hold as many strings.
 */
export class TextMemo {
  private readonly texts: string[] = new Array<string>(textSlots).fill('');

  text(source: Buffer, from: number, to: number): string {
    if (to - from > longestText) return source.toString('latin1', from, to);
    let hash = 0;
    for (let at = from; at < to; at++) hash = (Math.imul(hash, 31) + (source[at] ?? 0)) | 0;
    const slot = (hash ^ (hash >>> 10)) & (textSlots - 1);
    const known = this.texts[slot] ?? '';
    if (isAt(known, source, from, to)) return known;
    const made = source.toString('latin1', from, to);
    this.texts[slot] = made;
    return made;
  }
}
