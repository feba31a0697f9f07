// Cc, Cf (bidirectional and zero-width among them), line and paragraph separators, lone surrogates, tag characters.
const invisible = /[\p{Cc}\p{Cf}\u2028\u2029\p{Cs}]/gu;

/**
 * Text of others as one line that shows what it holds: a control, direction or zero-width character becomes its code
 * point in angle brackets, so that `proxy\u202Egpj.exe` cannot pose as another name.
 */
export const visibleText = (text: string): string =>
  text.replaceAll(invisible, (character) => `⟨U+${hexOf(character).padStart(4, '0')}⟩`);

const hexOf = (character: string): string => (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
