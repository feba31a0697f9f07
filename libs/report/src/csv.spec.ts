import { describe, expect, it } from 'vitest';
import { emptyReport, sampleHost, sampleReport, sampleSnapshot } from '../golden/sample-weeks.js';
import { renderCsv } from './csv.js';
import { differenceOf } from './difference.js';

const sheetWith = (topReason: string) => {
  const snapshot = sampleSnapshot([sampleHost('pxy', { topReason })]);
  return renderCsv({ snapshot, difference: differenceOf(snapshot, null) });
};

describe('renderCsv', () => {
  it('begins with a byte order mark and ends each line with CRLF', () => {
    const sheet = renderCsv(sampleReport);
    expect(sheet.startsWith('\uFEFFhostname,')).toBe(true);
    expect(sheet.endsWith('\r\n')).toBe(true);
    expect(sheet.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('has a row for every host, and a header alone when there is none', () => {
    expect(renderCsv(sampleReport).trimEnd().split('\r\n')).toHaveLength(1 + sampleReport.snapshot.hosts.length);
    expect(renderCsv(emptyReport).trimEnd().split('\r\n')).toHaveLength(1);
  });

  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '\0=1',
    ' =1',
    '\u00A0=1',
    '\u200B=1',
    '\uFEFF=1',
    '＝1',
    '＋1',
    '－1',
    '＠A1',
    '\tx',
    ' \u202E@A1',
  ])('does not let a sheet run %j', (text) => {
    expect(sheetWith(text)).toMatch(/,"?'/);
  });

  it.each(['pxy=1', 'a-b', 'x @ y'])('leaves %j as it is', (text) => {
    expect(sheetWith(text)).not.toContain("'");
  });

  it('keeps a cell with quotes, commas and line breaks one cell of one line', () => {
    const sheet = sheetWith('He said "no", then\r\nleft;');
    expect(sheet).toContain('"He said ""no"", then⟨U+000D⟩⟨U+000A⟩left;"');
    expect(sheet.trimEnd().split('\r\n')).toHaveLength(2);
  });

  it('says unknown for what nobody knows, never blank or 0', () => {
    const [header = '', ...rows] = renderCsv(sampleReport).trimEnd().split('\r\n');
    const luns = header.split(',').indexOf('vmfsLuns');
    const row = rows.find((line) => line.startsWith('pxy-06,')) ?? '';
    expect(row.split(',')[luns]).toBe('unknown');
  });
});
