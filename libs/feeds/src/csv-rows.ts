import Papa from 'papaparse';

const blockChars = 65_536;
/** The longest honest record is a bulletin with a long list of superseded ones. */
const mostRecordChars = 65_536;

/**
 * Records of a CSV text with quotes, a block at a time so that whoever reads may let others have their turn in between.
 * Ends with a refusal at the first record that is malformed or overlong.
 */
export function* csvBlocks(text: string): Generator<{ records: string[][] } | { refused: string }> {
  for (let at = 0; at < text.length; ) {
    const end = endOfBlock(text, at);
    if (end === null) {
      yield { refused: `A record is longer than ${mostRecordChars} characters, or a quote is never closed.` };
      return;
    }
    const { data, errors } = Papa.parse<string[]>(text.slice(at, end), {
      delimiter: ',',
      newline: undefined,
      skipEmptyLines: true,
    });
    const [error] = errors;
    if (error !== undefined) {
      yield { refused: `A record is malformed: ${error.message}` };
      return;
    }
    yield { records: data };
    at = end;
  }
}

/** Behind the last line break of a block that stands outside of quotes; null = no record ends within reason. */
function endOfBlock(text: string, start: number): number | null {
  let isInQuotes = false;
  let recordStart = start;
  for (let at = start; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === 34) isInQuotes = !isInQuotes;
    else if (char === 10 && !isInQuotes) {
      recordStart = at + 1;
      if (at - start >= blockChars) return at + 1;
    }
    if (at - recordStart > mostRecordChars) return null;
  }
  return isInQuotes ? null : text.length;
}
