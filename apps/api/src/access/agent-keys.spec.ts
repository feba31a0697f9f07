import { expect, it } from 'vitest';
import { AgentKeys } from './agent-keys.js';

const key = (n: number) => Uint8Array.of(n);
const hex = (n: number) => Buffer.from(key(n)).toString('hex');

it('asks once for all who ask at the same time', async () => {
  const asked: number[] = [];
  const keys = new AgentKeys(async (hashes) => {
    asked.push(hashes.length);
    return new Map([[hex(1), 'host-1']]);
  });
  expect(await Promise.all([keys.hostOf(key(1)), keys.hostOf(key(2)), keys.hostOf(key(1))])).toEqual([
    'host-1',
    null,
    'host-1',
  ]);
  expect(asked).toEqual([2]);
});

it('never answers with what was asked before a key was revoked', async () => {
  let isRevoked = false;
  let release = () => {};
  const keys = new AgentKeys(async () => {
    const hosts = isRevoked ? new Map<string, string>() : new Map([[hex(1), 'host-1']]);
    await new Promise<void>((resolve) => {
      release = resolve;
    });
    return hosts;
  });
  const before = keys.hostOf(key(1));
  await new Promise(setImmediate);
  isRevoked = true;
  const after = keys.hostOf(key(1));
  release();
  expect(await before).toBe('host-1');
  await new Promise(setImmediate);
  release();
  expect(await after).toBeNull();
});

it('tells everybody who asked when the database does not answer, and asks again for the next', async () => {
  let isDown = true;
  const keys = new AgentKeys(async () => {
    if (isDown) throw new Error('down');
    return new Map([[hex(1), 'host-1']]);
  });
  const asked = await Promise.allSettled([keys.hostOf(key(1)), keys.hostOf(key(2))]);
  expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  isDown = false;
  expect(await keys.hostOf(key(1))).toBe('host-1');
});
