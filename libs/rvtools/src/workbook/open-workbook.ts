import { type Archive, damaged } from '../archive/archive.js';
import type { TabSource } from '../table/row-sink.js';
import { readSheet } from './read-sheet.js';
import { readXml } from './read-xml.js';
import { readSharedStrings } from './shared-strings.js';

const workbookPart = 'xl/workbook.xml';
const relations = 'xl/_rels/workbook.xml.rels';
const properties = 'docProps/core.xml';

export const isWorkbook = (archive: Archive): boolean => archive.has(workbookPart);

/** The sheets of an .xlsx (ECMA-376, SpreadsheetML), found by their names. */
export async function openWorkbook(archive: Archive): Promise<TabSource> {
  const targets = await targetsOf(archive);
  const sheets = new Map<string, string>();
  let dateOffset = 0;
  await readXml(archive, workbookPart, {
    open(name, attributes) {
      // Old Macs counted days from 1904.
      if (name === 'workbookPr' && /^(1|true)$/.test(attributes.date1904 ?? '')) dateOffset = 1462;
      if (name !== 'sheet') return;
      const part = targets.get(attributes['r:id'] ?? '')?.part;
      if (attributes.name === undefined || part === undefined || !archive.has(part))
        throw damaged('a sheet of the workbook is missing');
      sheets.set(attributes.name.toLowerCase(), part);
    },
  });
  const stringsPart = [...targets.values()].find(({ kind }) => kind === 'sharedStrings')?.part;
  const strings =
    stringsPart !== undefined && archive.has(stringsPart) ? await readSharedStrings(archive, stringsPart) : [];
  return {
    has: (tab) => sheets.has(tab.toLowerCase()),
    async read(tab, sink) {
      const part = sheets.get(tab.toLowerCase());
      if (part !== undefined) await readSheet(archive, part, { strings, sink });
    },
    createdAt: archive.has(properties) ? await createdAt(archive) : null,
    dateOffset,
  };
}

/** Parts by relation id. A target that leaves the archive names nothing in it. */
async function targetsOf(archive: Archive): Promise<Map<string, { kind: string; part: string }>> {
  const targets = new Map<string, { kind: string; part: string }>();
  await readXml(archive, relations, {
    open(name, { Id, Target, Type }) {
      if (name !== 'Relationship' || Id === undefined || Target === undefined) return;
      const part = Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`;
      targets.set(Id, { kind: Type?.split('/').at(-1) ?? '', part });
    },
  });
  return targets;
}

/** `dcterms:created` (ISO/IEC 29500-2): when the file was first made, however often it was saved since. */
async function createdAt(archive: Archive): Promise<string | null> {
  let isCreated = false;
  let text = '';
  await readXml(archive, properties, {
    open(name) {
      isCreated = name === 'created';
    },
    text(piece) {
      if (isCreated) text += piece;
    },
    close() {
      isCreated = false;
    },
  });
  const at = /Z$|[+-]\d\d:\d\d$/.test(text.trim()) ? Date.parse(text.trim()) : Number.NaN;
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}
