import Papa from 'papaparse';

/** The longest honest record is a bulletin with a long list of superseded ones. */
const mostRecordChars = 65_536;

type Records = { records: string[][] } | { refused: string };

/** Records of a CSV text with quotes, as far as each piece completes them. */
export class CsvRecords {
  /** What was not read yet; it begins with a record. */
  private rest = '';

  take(piece: string): Records {
    const text = this.rest + piece;
    const end = endOfRecords(text);
    this.rest = text.slice(end);
    if (this.rest.length > mostRecordChars)
      return { refused: `A record is longer than ${mostRecordChars} characters, or a quote is never closed.` };
    return parsed(text.slice(0, end));
  }

  /** The last record, which no line break need end. */
  end(): Records {
    return parsed(this.rest);
  }
}

function parsed(text: string): Records {
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: ',', newline: undefined, skipEmptyLines: true });
  const [error] = errors;
  return error === undefined ? { records: data } : { refused: `A record is malformed: ${error.message}` };
}

/** Behind the last line break that stands outside of quotes. */
function endOfRecords(text: string): number {
  let isInQuotes = false;
  let end = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === 34) isInQuotes = !isInQuotes;
    else if (char === 10 && !isInQuotes) end = at + 1;
  }
  return end;
}
