import { hostOf, storyFacts, storyNow, storyStages } from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import { assess } from './assess.js';
import { summarize } from './summarize.js';
import { titled } from './titled.js';

describe('the golden story', () => {
  it.each(storyStages)('is judged as it was when somebody last looked: %s', async (stage) => {
    const host = hostOf(storyFacts(stage));
    const assessment = titled(assess(host, storyNow));
    const text = `${JSON.stringify({ summary: summarize(host, assessment), assessment }, null, 2)}\n`;
    await expect(text).toMatchFileSnapshot(`../golden/story-${stage}.golden`);
  });
});
