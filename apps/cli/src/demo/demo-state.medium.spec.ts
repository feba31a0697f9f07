import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StateFile } from './demo-state.js';

const fresh = { seed: 7, hosts: 3, vcenters: 2, asOf: '2026-11-22T07:00:00.000Z' };
let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'lunwarden-demo-state-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

describe('the state of the demo', () => {
  it('is read back as it was saved, however many saves were asked for', async () => {
    const file = await StateFile.open(join(home, 'not', 'there', 'yet'), fresh);
    for (let step = 1; step <= 50; step++) {
      file.state.step = step;
      file.state.keys[`proxy-${step}`] = `key-${step}`;
      file.save();
    }
    await file.settled();
    const again = await StateFile.open(join(home, 'not', 'there', 'yet'), {
      ...fresh,
      asOf: '2026-12-01T00:00:00.000Z',
    });
    expect(again.state).toEqual(file.state);
    expect(again.state).toMatchObject({ step: 50, asOf: fresh.asOf });
  });

  it('is another demo for another seed or size', async () => {
    const file = await StateFile.open(home, fresh);
    file.state.keys.one = 'key';
    file.save();
    await file.settled();
    expect((await StateFile.open(home, { ...fresh, hosts: 4 })).state.keys).toEqual({});
    expect((await StateFile.open(home, { ...fresh, seed: 8 })).state.keys).toEqual({});
  });

  it('says which file to remove when it is damaged, and leaves it alone', async () => {
    const path = join(home, 'demo-fleet.json');
    await writeFile(path, '{"schema":1,"keys":');
    await expect(StateFile.open(home, fresh)).rejects.toThrow(path);
    expect(await readFile(path, 'utf8')).toBe('{"schema":1,"keys":');
  });

  it('tells at the end what kept it from being written', async () => {
    const blocked = await StateFile.open(join(home, 'folder'), fresh);
    await writeFile(join(home, 'folder'), 'a file where the folder should be');
    blocked.save();
    await expect(blocked.settled()).rejects.toThrow('EEXIST');
  });
});
