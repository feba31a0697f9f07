// @vitest-environment node
import type { GateOverride } from '@lunwarden/contract';
import { expect, it } from 'vitest';
import { sampleGate } from '../../testing/sample-gate.js';
import { idOf } from '../../testing/sample-host.js';
import { countVerdicts, gatesInOrder, gravestFirst, standingOverride } from './gate-figures.js';

it('puts what forbids above what nobody knows, and both above what may go', () => {
  const gates = [
    sampleGate(1),
    sampleGate(2, { verdict: 'unknown', score: 100, level: 'unknown' }),
    sampleGate(3, { verdict: 'no-go', level: 'high', score: 60 }),
    sampleGate(4, { verdict: 'go-with-steps', level: 'critical' }),
    sampleGate(5, { verdict: 'no-go', level: 'critical', score: 55 }),
  ];
  expect(gatesInOrder(gates).map(({ hostname }) => hostname.slice(-2))).toEqual(['05', '03', '02', '04', '01']);
  expect(countVerdicts(gates)).toEqual({ 'no-go': 2, unknown: 1, 'go-with-steps': 1, go: 1 });
});

it('tells what forbids before it tells what is missing', () => {
  const reasons = [
    { code: 'a', effect: 'step', text: '' },
    { code: 'b', effect: 'unknown', text: '' },
    { code: 'c', effect: 'blocks', text: '' },
  ] as const;
  expect(gravestFirst(reasons).map(({ code }) => code)).toEqual(['c', 'b', 'a']);
});

it('counts an override only while two people stand behind it and its end has not come', () => {
  const override: GateOverride = {
    id: idOf(1),
    hostId: idOf(1),
    windowId: idOf(900),
    reason: 'A reason that is long enough.',
    requestedBy: 'ann',
    requestedAt: '2026-11-22T07:00:00Z',
    approvedBy: 'bob',
    approvedAt: '2026-11-22T07:05:00Z',
    revokedBy: null,
    revokedAt: null,
    expiresAt: '2026-11-22T10:00:00Z',
    state: 'approved',
  };
  const gate = (differs: Partial<GateOverride>) => sampleGate(1, { overrides: [{ ...override, ...differs }] });
  const at = Date.parse('2026-11-22T09:00:00Z');
  expect(standingOverride(gate({}), at)).not.toBeNull();
  expect(standingOverride(gate({ state: 'awaiting-second-person' }), at)).toBeNull();
  expect(standingOverride(gate({}), Date.parse('2026-11-22T10:00:00Z'))).toBeNull();
});
