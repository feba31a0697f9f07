import { expect, it } from 'vitest';
import { sampleGate } from '../testing/sample-gate.js';
import { gateAt } from './gate.js';

const until = Date.parse('2026-11-22T09:00:00Z');

it('says nothing good at the instant at which a verdict runs out', () => {
  for (const verdict of ['go', 'go-with-steps'] as const) {
    const gate = sampleGate(1, { verdict });
    expect(gateAt(gate, until - 1).verdict).toBe(verdict);
    expect(gateAt(gate, until).verdict).toBe('unknown');
    expect(gateAt(gate, until).reasons[0]?.code).toBe('verdict-ran-out');
  }
});

it('goes on forbidding what was forbidden', () => {
  const gate = gateAt(sampleGate(1, { verdict: 'no-go' }), until + 1);
  expect(gate.verdict).toBe('no-go');
  expect(gate.reasons.map(({ code }) => code)).toContain('verdict-ran-out');
});
