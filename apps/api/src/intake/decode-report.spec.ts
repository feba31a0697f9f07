import { gzipSync } from 'node:zlib';
import { reportOf, storyFacts } from '@lunwarden/sample-fleet';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeReport } from './decode-report.js';
import { FactsMemory } from './facts-memory.js';
import { readJson } from './read-json.js';
import { scan } from './scan.js';

const report = (seq: number, facts = storyFacts('popular-fix')) =>
  reportOf(facts, {
    reportId: '01890a5d-ac96-774b-bcce-b302099a8057',
    installId: '5f1c7e52-9d5b-4c2e-8a41-3f4b7f0c1d22',
    bootId: '6f1c7e52-9d5b-4c2e-8a41-3f4b7f0c1d22',
    seq,
    ageMs: 0,
    collectedAt: '2026-11-20T06:00:00.000Z',
    sentAt: '2026-11-20T06:00:00.000Z',
  });
const text = (seq: number) => JSON.stringify(report(seq));
const decode = (body: string | Buffer, memory = new FactsMemory()) =>
  decodeReport(Buffer.from(body as string), undefined, memory);

/** What became of it, told apart as finely as a sender can. */
const outcome = (body: string | Buffer, memory?: FactsMemory) =>
  decode(body, memory).then(
    ({ head, contentHash, content }) => ({
      head,
      hash: Buffer.from(contentHash).toString('hex'),
      facts: content().facts,
    }),
    (error: { code: string; message: string; errors?: unknown }) => ({
      code: error.code,
      message: error.message,
      errors: error.errors,
    }),
  );

async function experienced(): Promise<FactsMemory> {
  const memory = new FactsMemory();
  await decode(text(1), memory);
  return memory;
}

describe('facts that were seen before', () => {
  it('give the report that a first reading gives', async () => {
    expect(await outcome(text(2), await experienced())).toEqual(await outcome(text(2)));
  });

  it('never make valid what is not: any damage is judged as if nothing had been seen', async () => {
    const memory = await experienced();
    const whole = text(2);
    const edit = fc.record({
      at: fc.nat(whole.length),
      length: fc.nat(12),
      put: fc.constantFrom(
        '',
        '}',
        '{',
        '"',
        ',',
        'null',
        '"facts":',
        ',"facts":null',
        ' ',
        '\\',
        '\\"facts":',
        '1',
        '\n',
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), async (edits) => {
        let body = whole;
        for (const { at, length, put } of edits) body = body.slice(0, at) + put + body.slice(at + length);
        expect(await outcome(body, memory)).toEqual(await outcome(body));
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    ['a key that ends like theirs', (whole: string) => whole.replace('"facts":', '"x\\"facts":')],
    ['theirs in another place', (whole: string) => whole.replace('"facts":', '"collector":')],
    ['a member behind them', (whole: string) => `${whole.slice(0, -1)},"extra":1}`],
    ['a second time', (whole: string) => whole.replace('"schema":1', '"schema":1,"facts":null')],
    ['something behind the report', (whole: string) => `${whole}{}`],
  ])('do not excuse %s', async (_, spoil) => {
    expect(await outcome(spoil(text(2)), await experienced())).toHaveProperty('code');
  });

  it('are taken from anywhere in the report', async () => {
    const { facts, ...head } = report(3);
    const first = await outcome(JSON.stringify({ facts, ...head }), await experienced());
    expect(first).toEqual(await outcome(text(3)));
  });

  it('may be white space apart and still say the same', async () => {
    const spaced = await outcome(`${JSON.stringify(report(4), null, 2)}\n`, await experienced());
    expect(spaced).toEqual(await outcome(text(4)));
  });
});

describe('what is stored', () => {
  it('is what was sent', async () => {
    const sent = gzipSync(text(5));
    const { content } = await decodeReport(sent, 'gzip', new FactsMemory());
    expect(content().document).toBe(sent);
  });
});

describe('the scan', () => {
  const read = (json: string) => readJson(Buffer.from(json));

  it.each([
    ['a key twice', '{"a":1,"b":2,"a":3}'],
    ['a key twice, further in', '{"a":[{"bb":1,"cc":2,"bb":3}]}'],
    ['a key spelled with an escape', '{"\\u0061":1}'],
    ['a prototype', '{"__proto__":1}'],
    ['half a pair', '{"a":"\\ud800"}'],
    ['a string that is too long', `"${'a'.repeat(9_000)}"`],
    ['too many keys in one object', `{${Array.from({ length: 65 }, (_, n) => `"k${n}":1`).join()}}`],
    ['too deep', `${'['.repeat(13)}${']'.repeat(13)}`],
    ['a byte order mark', '\ufeff{}'],
    ['nothing', ''],
  ])('refuses %s', (_, json) => {
    expect(() => read(json)).toThrow(expect.objectContaining({ code: 'malformed_body' }));
  });

  it('counts each object for itself', () => {
    expect(() => scan(Buffer.from('[{"a":1},{"a":1,"b":{"a":1}},{"b":2}]'))).not.toThrow();
  });

  it('takes a long string of characters that need three bytes each', () => {
    expect(() => read(JSON.stringify('語'.repeat(4_096)))).not.toThrow();
  });

  it('counts alike in parts and as a whole', () => {
    const parts = scan(Buffer.from('{"a":[1,2],"f":null}')) + scan(Buffer.from('{"b":["x",{}]}'), 1);
    expect(parts).toBe(scan(Buffer.from('{"a":[1,2],"f":{"b":["x",{}]}}')));
  });
});
