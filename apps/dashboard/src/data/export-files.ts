import { importLimits, routes } from '@lunwarden/contract';

const [zip, workbook] = routes.importRvtools.upload;
const mebibytes = importLimits.uploadBytes / 1_048_576;

export type ExportFile = { file: Blob; name: string; type: string };
type Chosen = { files: readonly File[]; as: 'workbook' | 'zip' | 'csv' } | { problem: string };

const endsIn = (file: File, end: string) => file.name.toLowerCase().endsWith(end);

/** What RVTools wrote: one workbook, one zip, or the CSV files of its tabs. */
export function chosenExport(files: readonly File[]): Chosen {
  const [first, ...rest] = files;
  if (first === undefined) return { problem: 'Choose the workbook, or all CSV files of the export, first.' };
  if (files.every((file) => endsIn(file, '.csv'))) return { files, as: 'csv' };
  if (rest.length > 0)
    return { problem: 'Choose one workbook or one zip, or CSV files alone: an export is one of the three.' };
  if (endsIn(first, '.xlsx')) return sized(first, 'workbook');
  if (endsIn(first, '.zip')) return sized(first, 'zip');
  return { problem: `${first.name} is no .xlsx, .zip or .csv file: RVTools writes one of these.` };
}

function sized(file: File, as: 'workbook' | 'zip'): Chosen {
  if (file.size > importLimits.uploadBytes) return { problem: `${file.name} is larger than ${mebibytes} MiB.` };
  return { files: [file], as };
}

/** The one file that is sent. @throws Error if the packed CSV files are larger than any export */
export async function exportFile({ files, as }: Exclude<Chosen, { problem: string }>): Promise<ExportFile> {
  const [first] = files;
  if (as !== 'csv' && first !== undefined)
    return { file: first, name: first.name, type: as === 'workbook' ? workbook : zip };
  const { zipSync } = await import('fflate');
  const parts: Record<string, Uint8Array> = {};
  for (const file of files) parts[file.name] = new Uint8Array(await file.arrayBuffer());
  const packed = zipSync(parts, { level: 1 });
  if (packed.length > importLimits.uploadBytes)
    throw new Error(`The CSV files are larger than ${mebibytes} MiB even when packed: export one vCenter at a time.`);
  return { file: new Blob([packed]), name: `${files.length} CSV files`, type: zip };
}
