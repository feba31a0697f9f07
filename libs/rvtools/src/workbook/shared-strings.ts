import { type Archive, tooLarge } from '../archive/archive.js';
import { limits } from '../limits.js';
import { readXml } from './read-xml.js';

/** The texts that cells refer to by number (ECMA-376 18.4). */
export async function readSharedStrings(archive: Archive, part: string): Promise<string[]> {
  const strings: string[] = [];
  let chars = 0;
  let text: string[] = [];
  let isText = false;
  let phonetic = 0;
  await readXml(archive, part, {
    open(name) {
      if (name === 'si') text = [];
      else if (name === 'rPh') phonetic++;
      else if (name === 't') isText = phonetic === 0;
    },
    text(piece) {
      if (isText) text.push(piece);
    },
    close(name) {
      if (name === 't') isText = false;
      else if (name === 'rPh') phonetic--;
      else if (name === 'si') {
        const whole = text.join('').slice(0, limits.cellChars);
        chars += whole.length;
        if (strings.push(whole) > limits.sharedStrings || chars > limits.sharedChars)
          throw tooLarge(`${part} has more texts than are kept`);
      }
    },
  });
  return strings;
}
