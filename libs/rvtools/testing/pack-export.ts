import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import type { SampleExport } from './sample-export.js';

/** A zip of these files, in their order. */
export function packed(files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, text] of Object.entries(files))
    zip.addBuffer(Buffer.isBuffer(text) ? text : Buffer.from(text), name);
  zip.end();
  return buffer(zip.outputStream as NodeJS.ReadableStream);
}

export const packedCsv = (tabs: SampleExport, delimiter = ','): Promise<Buffer> =>
  packed(
    Object.fromEntries(
      Object.entries(tabs).map(([tab, rows]) => [
        `RVTools_tab${tab}.csv`,
        `\ufeff${rows.map((row) => row.map(quoted).join(delimiter)).join('\r\n')}\r\n`,
      ]),
    ),
  );

const quoted = (cell: string | number | null): string =>
  cell === null ? '' : typeof cell === 'number' ? String(cell) : `"${cell.replaceAll('"', '""')}"`;

/** Texts stand in the table of shared strings where `isShared`, otherwise in their cells: both are in the wild. */
export function packedWorkbook(tabs: SampleExport, { isShared = true } = {}): Promise<Buffer> {
  const names = Object.keys(tabs);
  const strings = new Map<string, number>();
  const cellOf = (cell: string | number | null, at: number, row: number): string => {
    const place = `r="${columnName(at)}${row}"`;
    if (cell === null) return '';
    if (typeof cell === 'number') return `<c ${place}><v>${cell}</v></c>`;
    if (!isShared) return `<c ${place} t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`;
    if (!strings.has(cell)) strings.set(cell, strings.size);
    return `<c ${place} t="s"><v>${strings.get(cell)}</v></c>`;
  };
  const sheets = names.map((name) => {
    const rows = (tabs[name] ?? []).map(
      (row, at) => `<row r="${at + 1}">${row.map((cell, column) => cellOf(cell, column, at + 1)).join('')}</row>`,
    );
    return `<worksheet xmlns="${main}"><dimension ref="A1:XFD1048576"/><sheetData>${rows.join('')}</sheetData></worksheet>`;
  });
  const shared = `<sst xmlns="${main}">${[...strings.keys()].map((text) => `<si><t>${escaped(text)}</t></si>`).join('')}</sst>`;
  return packed({
    ...workbookFiles(names),
    ...Object.fromEntries(sheets.map((xml, at) => [sheetFile(at), xml])),
    'xl/sharedStrings.xml': shared,
  });
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const related = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const sheetFile = (at: number): string => `xl/worksheets/sheet${at + 1}.xml`;

/** The parts of a workbook beside its sheets and texts. */
export function workbookFiles(names: readonly string[]): Record<string, string> {
  const sheets = names.map((name, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`);
  const relations = names.map(
    (_, at) => `<Relationship Id="rId${at + 1}" Type="${related}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
  );
  return {
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${related}"><workbookPr/><sheets>${sheets.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${relations.join('')}<Relationship Id="rIdS" Type="${related}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
  };
}

const columnName = (at: number): string =>
  (at < 26 ? '' : columnName(Math.floor(at / 26) - 1)) + String.fromCharCode(65 + (at % 26));
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
