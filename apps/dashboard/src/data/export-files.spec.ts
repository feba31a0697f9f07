// @vitest-environment node
import { importLimits } from '@lunwarden/contract';
import { unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { chosenExport, exportFile } from './export-files.js';

const file = (name: string, text = 'x') => new File([text], name);

it.each([
  [[], /first/],
  [[file('a.xlsx'), file('b.csv')], /one of the three/],
  [[file('a.xlsx'), file('b.xlsx')], /one of the three/],
  [[file('report.pdf')], /report\.pdf is no \.xlsx/],
] as const)('says what is wrong with a choice of files: %j', (files, problem) => {
  expect(chosenExport(files)).toEqual({ problem: expect.stringMatching(problem) });
});

it('refuses what is larger than any export before a byte is sent', () => {
  const large = Object.defineProperty(file('a.xlsx'), 'size', { value: importLimits.uploadBytes + 1 });
  expect(chosenExport([large])).toEqual({ problem: 'a.xlsx is larger than 64 MiB.' });
});

it('sends a workbook and a zip as they are, each under its own type', async () => {
  for (const [name, type] of [
    ['Export.XLSX', /spreadsheetml/],
    ['tabs.zip', /^application\/zip$/],
  ] as const) {
    const chosen = chosenExport([file(name, 'bytes')]);
    if ('problem' in chosen) throw new Error(chosen.problem);
    const sent = await exportFile(chosen);
    expect({ name: sent.name, text: await sent.file.text() }).toEqual({ name, text: 'bytes' });
    expect(sent.type).toMatch(type);
  }
});

it('packs CSV files into one zip that holds each of them whole', async () => {
  const chosen = chosenExport([file('RVTools_tabvInfo.csv', 'VM,Host'), file('RVTools_tabvHost.csv', 'Host')]);
  if ('problem' in chosen) throw new Error(chosen.problem);
  const { file: packed, name } = await exportFile(chosen);
  const parts = unzipSync(new Uint8Array(await packed.arrayBuffer()));
  const texts = Object.fromEntries(
    Object.entries(parts).map(([part, bytes]) => [part, new TextDecoder().decode(bytes)]),
  );
  expect(texts).toEqual({ 'RVTools_tabvInfo.csv': 'VM,Host', 'RVTools_tabvHost.csv': 'Host' });
  expect(name).toBe('2 CSV files');
});
