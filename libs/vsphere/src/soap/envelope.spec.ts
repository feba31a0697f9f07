import { expect, test } from 'vitest';
import { envelope, leaf, reference } from './envelope.js';
import { XmlReader } from './xml-reader.js';

const self = { kind: 'SessionManager', id: 'SessionManager' };

test('any password that XML can carry arrives as it was typed', () => {
  const password = ` <p&q>"'\r\n\t]]> ü𝄞 `;
  const texts: string[] = [];
  const reader = new XmlReader({
    open: () => undefined,
    text: (text) => void texts.push(text),
    close: () => undefined,
  });
  reader.write(new TextEncoder().encode(envelope('Login', self, [leaf('password', password)])));
  reader.end();
  expect(texts).toContain(password);
});

test.each(['\u0000', '\u0007', '\uffff'])('a control character is refused, not dropped', (text) => {
  expect(() => leaf('password', text)).toThrow(RangeError);
});

test('what a server names cannot break out of an attribute', () => {
  expect(reference('obj', { kind: 'a"><b c="', id: '</obj>' }).markup).toBe(
    '<obj type="a&quot;&gt;&lt;b c=&quot;">&lt;/obj&gt;</obj>',
  );
});
