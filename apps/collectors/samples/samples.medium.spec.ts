import { readdirSync, readFileSync } from 'node:fs';
import { keysOfLinuxDisk, keysOfWindowsDisk, ProxyReport, unknownReasons } from '@lunwarden/contract';
import { describe, expect, it } from 'vitest';

const folder = new URL('.', import.meta.url);
const samples = readdirSync(folder).filter((name) => name.endsWith('.json'));
const read = (name: string): ProxyReport => ProxyReport.parse(JSON.parse(readFileSync(new URL(name, folder), 'utf8')));

describe('the sample reports', () => {
  it.each(samples)('%s is a report as the API takes it', (name) => {
    expect(read(name).schema).toBe(1);
  });

  it.each(samples)('%s names at least one LUN that can be joined, or says why not', (name) => {
    const { facts } = read(name);
    if ('unknown' in facts.disks) expect(unknownReasons).toContain(facts.disks.unknown);
    else if (facts.platform === 'linux') expect(facts.disks.value.flatMap(keysOfLinuxDisk)).not.toEqual([]);
    else expect(facts.disks.value.flatMap((disk) => keysOfWindowsDisk(disk))).not.toEqual([]);
  });

  it.each(samples)('%s tells the same of a part in its facts and in its list of parts', (name) => {
    const { facts, collectors } = read(name);
    const known = Object.values(facts).filter((fact) => typeof fact === 'object' && 'value' in fact);
    expect(collectors.filter(({ status }) => status === 'ok')).toHaveLength(known.length);
  });
});
