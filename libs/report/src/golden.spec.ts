import { WeeklyReport } from '@lunwarden/contract';
import { describe, expect, it } from 'vitest';
import { emptyReport, firstReport, quietReport, sampleReport } from '../golden/sample-weeks.js';
import { renderCsv, renderHtml } from './index.js';

// Byte for byte. A change to golden/ is a change to what readers get every Monday: look at it before it is committed.
describe.each([
  ['busy', sampleReport],
  ['first', firstReport],
  ['quiet', quietReport],
  ['empty', emptyReport],
])('the %s week', (name, report) => {
  it('is a report as the contract has it', () => {
    expect(WeeklyReport.parse(report)).toEqual(report);
  });

  it('renders the same page as ever', async () => {
    await expect(renderHtml(report)).toMatchFileSnapshot(`../golden/${name}.html`);
  });

  it('renders the same sheet as ever', async () => {
    await expect(renderCsv(report)).toMatchFileSnapshot(`../golden/${name}.csv`);
  });
});
