import { ProxyReport } from '@lunwarden/contract';
import { describe, expect, it } from 'vitest';
import { linuxVmfsDisk, vmfsDisk } from './disks.js';
import { linuxFacts, windowsFacts } from './facts.js';
import { storyDatastores, storySize } from './map.js';
import { reportOf } from './report.js';
import { storyFacts, storyStages } from './stages.js';

describe('the story', () => {
  it.each(storyStages)('is a report that the intake would take, at the stage %s', (stage) => {
    expect(ProxyReport.safeParse(reportOf(storyFacts(stage))).error).toBeUndefined();
  });

  it('builds reports of other hosts that the intake would take', () => {
    for (const facts of [
      windowsFacts({ disks: { value: [vmfsDisk(1)] } }),
      linuxFacts({ disks: { value: [linuxVmfsDisk(1)] } }),
    ])
      expect(ProxyReport.safeParse(reportOf(facts)).error).toBeUndefined();
  });

  it('has 400 distinct VMs behind twelve datastores that share some of them', () => {
    const datastores = storyDatastores();
    expect(new Set(datastores.flatMap(({ vmIds }) => vmIds)).size).toBe(storySize.vms);
    expect(datastores.flatMap(({ vmIds }) => vmIds)).toHaveLength(410);
  });
});
