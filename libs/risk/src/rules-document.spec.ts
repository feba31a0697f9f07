import { describe, expect, it } from 'vitest';
import { aboutOf } from './abouts.js';
import { rules } from './catalogue.js';
import { rulesDocument } from './testing/rules-document.js';

describe('docs/rules.md', () => {
  it('says what the rules say', async () => {
    await expect(rulesDocument()).toMatchFileSnapshot('../../../docs/rules.md');
  });

  it('has a section for every rule', () => {
    for (const { id } of rules) expect(rulesDocument()).toContain(`### ${aboutOf(id).code} ${id}\n`);
  });
});
