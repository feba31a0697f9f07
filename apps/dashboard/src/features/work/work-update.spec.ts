// @vitest-environment node
import { expect, it } from 'vitest';
import { readUpdate } from './work-update.js';

const now = Date.parse('2026-11-22T07:00:00Z');
const fields = { state: 'accepted', note: 'The array refuses writes.', days: '30' } as const;

it('accepts a risk with a reason, for at most 90 days', () => {
  expect(readUpdate(fields, 3, now)).toEqual({
    update: { version: 3, state: 'accepted', note: fields.note, until: '2026-12-22T06:59:00.000Z' },
  });
  expect(readUpdate({ ...fields, note: 'ok' }, 3, now)).toMatchObject({ errors: { note: expect.any(String) } });
  for (const days of ['91', '0', '', '1.5', 'x'])
    expect(readUpdate({ ...fields, days }, 3, now)).toMatchObject({ errors: { until: expect.any(String) } });
});

it('needs no reason for any other state', () => {
  expect(readUpdate({ state: 'in-progress', note: ' ', days: '' }, 1, now)).toEqual({
    update: { version: 1, state: 'in-progress' },
  });
});
