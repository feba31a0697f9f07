import { Assessment, HostSummary } from '@lunwarden/contract';
import { hostOf, type StoryStage, storyFacts, storyNow } from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import { assess } from './assess.js';
import { summarize } from './summarize.js';
import { titled } from './titled.js';

const storyHost = (stage: StoryStage) => hostOf(storyFacts(stage));
const judged = (stage: StoryStage) => titled(assess(storyHost(stage), storyNow));

describe('the story', () => {
  it('calls the proxy high once Service Pack 1 has failed with 0x800f0a12', () => {
    expect(judged('service-pack-failed')).toMatchObject({ level: 'high', score: 69.2, completeness: 1 });
  });

  it('calls it critical once the popular fix turned automount on', () => {
    expect(judged('popular-fix').level).toBe('critical');
  });

  it('calls it safer than before once only the one partition got a letter', () => {
    expect(judged('targeted-fix').score).toBeLessThan(judged('service-pack-failed').score);
  });

  it('counts each of the 400 VMs once', () => {
    expect(judged('service-pack-failed').exposure).toMatchObject({ vms: 400, vmfsLuns: 12, isComplete: true });
  });

  it('is what the contract says an assessment and a summary are', () => {
    for (const stage of ['service-pack-failed', 'popular-fix', 'targeted-fix'] as const) {
      const host = storyHost(stage);
      const assessment = titled(assess(host, storyNow));
      expect(Assessment.safeParse(assessment).error).toBeUndefined();
      expect(HostSummary.safeParse(summarize(host, assessment)).error).toBeUndefined();
    }
  });
});
