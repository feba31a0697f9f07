import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { tabOfFile } from './csv/open-csv.js';
import { RvtoolsError } from './rvtools-error.js';

/** The CSV files of an export as one zip, which is what `readRvtools` takes. Other files stay where they are. @throws RvtoolsError */
export async function packFolder(folder: string): Promise<Uint8Array> {
  const files = (await readdir(folder)).filter((name) => tabOfFile(name) !== null);
  if (files.length === 0)
    throw new RvtoolsError(
      'rvtools_not_an_export',
      `There is no CSV file of RVTools, such as RVTools_tabvInfo.csv, in ${folder}.`,
    );
  const zip = new ZipFile();
  for (const name of files) zip.addFile(join(folder, name), name);
  const packed = new Promise<never>((_, reject) => zip.once('error', reject));
  zip.end();
  return Promise.race([buffer(zip.outputStream as NodeJS.ReadableStream), packed]);
}
