import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { type Archive, damaged } from '../archive/archive.js';
import { limits } from '../limits.js';
import { RvtoolsError } from '../rvtools-error.js';

export type XmlEvents = {
  /** `name` without its prefix. */
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
};

/**
 * Streams one part of a workbook. Documents with a DOCTYPE (entity bombs), endless tags or deep nesting are refused.
 * @throws RvtoolsError rvtools_damaged | rvtools_too_large
 */
export async function readXml(archive: Archive, part: string, events: XmlEvents): Promise<void> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const parser = new SaxesParser();
  let depth = 0;
  let sinceTag = 0;
  parser.on('error', (cause) => {
    throw damaged(`${part} is not well-formed XML`, cause);
  });
  parser.on('doctype', () => {
    throw damaged(`${part} has a DOCTYPE, which no export has`);
  });
  parser.on('opentag', ({ name, attributes }: SaxesTagPlain) => {
    sinceTag = 0;
    if (++depth > limits.xmlDepth) throw damaged(`${part} nests too deep`);
    events.open(bare(name), attributes);
  });
  parser.on('closetag', ({ name }) => {
    sinceTag = 0;
    depth--;
    events.close?.(bare(name));
  });
  if (events.text !== undefined) parser.on('text', events.text);
  try {
    for await (const piece of archive.pieces(part)) {
      sinceTag += piece.length;
      parser.write(decoder.decode(piece, { stream: true }));
      if (sinceTag > limits.xmlRunBytes) throw damaged(`${part} has a text or tag without end`);
    }
    parser.write(decoder.decode()).close();
  } catch (cause) {
    // Node's decoder says TypeError to what is not UTF-8.
    if (cause instanceof RvtoolsError || !(cause instanceof TypeError)) throw cause;
    throw damaged(`${part} is not UTF-8`, cause);
  }
}

const bare = (name: string): string => name.slice(name.indexOf(':') + 1);
