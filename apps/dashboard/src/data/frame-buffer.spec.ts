// @vitest-environment node
import type { Change, LiveFrame } from '@lunwarden/contract';
import { applyFrame, coalesce, type Fleet, fleetOf } from '@lunwarden/live';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { idOf, sampleHost } from '../testing/sample-host.js';
import { FrameBuffer } from './frame-buffer.js';

const at = '2026-11-22T07:00:00Z';
const start = fleetOf({
  seq: 10,
  hosts: [1, 2, 3].map((n) => sampleHost(n)),
  vcenters: [],
  vmsAtRisk: { count: 0, isComplete: true },
});

const host = fc.integer({ min: 1, max: 5 });
const step = fc.oneof(
  fc.tuple(host, fc.nat(100)).map(([n, score]) => ({ kind: 'host', host: sampleHost(n, { score }) }) as const),
  host.map((n) => ({ kind: 'host-retired', hostId: idOf(n) }) as const),
  fc.nat(99).map((count) => ({ kind: 'blast', vmsAtRisk: { count, isComplete: true } }) as const),
);

/** Whole frames without a hole, of one or more changes each. */
const frames = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { maxLength: 6 }).map((batches) => {
  let seq = start.seq;
  return batches.map((batch): LiveFrame => {
    const from = seq;
    const changes = batch.map((one): Change => ({ ...one, at, seq: ++seq }));
    return { type: 'changes', from, to: seq, changes: coalesce(changes) };
  });
});

const applied = (fleet: Fleet, all: LiveFrame[]) =>
  all.reduce<Fleet | 'gap'>((now, frame) => (now === 'gap' ? now : applyFrame(now, frame)), fleet);

it('hands on what the frames said one by one', () => {
  fc.assert(
    fc.property(frames, (all) => {
      const buffer = new FrameBuffer();
      for (const frame of all) buffer.add(frame);
      expect(applied(start, buffer.take())).toEqual(applied(start, all));
      expect(buffer.take()).toEqual([]);
    }),
  );
});

it('does not prolong a verdict by what was seen of the one before it', () => {
  const hours = (n: number) => `2026-11-22T0${n}:00:00.000Z`;
  const seen = (seq: number, validUntil: string): LiveFrame => ({
    ...{ type: 'seen', seq },
    hosts: [1, 2].map((n) => ({ hostId: idOf(n), observedAt: hours(1), lastReportAt: hours(1), validUntil })),
  });
  const change: Change = { kind: 'host', at, seq: 11, host: sampleHost(1, { validUntil: hours(2) }) };
  const news: LiveFrame = { type: 'changes', from: 10, to: 11, changes: [change] };
  for (const all of [
    [seen(10, hours(9)), news],
    [news, seen(10, hours(9))],
    [seen(10, hours(9)), news, seen(11, hours(2))],
  ]) {
    const buffer = new FrameBuffer();
    for (const frame of all) buffer.add(frame);
    expect((applied(start, buffer.take()) as Fleet).hosts.get(idOf(1))?.validUntil).toBe(hours(2));
  }
});

it('does not take a greeting for news that contradict the changes after it', () => {
  const buffer = new FrameBuffer();
  buffer.add({ type: 'hello', seq: 10, serverTime: at, heartbeatMs: 15_000 });
  buffer.add({ type: 'changes', from: 10, to: 11, changes: [{ kind: 'host-retired', seq: 11, at, hostId: idOf(1) }] });
  buffer.add({ type: 'heartbeat', seq: 11, serverTime: at });
  expect(applied(start, buffer.take())).toMatchObject({ seq: 11 });
});

it('passes a hole on as a gap', () => {
  fc.assert(
    fc.property(frames, fc.nat(), (all, pick) => {
      fc.pre(all.length > 2);
      const missing = 1 + (pick % (all.length - 2));
      const buffer = new FrameBuffer();
      for (const frame of all.filter((_, index) => index !== missing)) buffer.add(frame);
      expect(applied(start, buffer.take())).toBe('gap');
    }),
  );
});

it('holds one change a host, for however long a page is paused', () => {
  const buffer = new FrameBuffer();
  for (let seq = 10; seq < 2_010; seq++) {
    const change: Change = { kind: 'host', at, seq: seq + 1, host: sampleHost(1 + (seq % 3), { score: seq % 100 }) };
    buffer.add({ type: 'changes', from: seq, to: seq + 1, changes: [change] });
  }
  expect(buffer.size).toBe(3);
});
