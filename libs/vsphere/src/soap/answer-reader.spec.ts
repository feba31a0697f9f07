import { expect, test } from 'vitest';
import { AnswerReader, type AnswerShape, insideReturnvalDepth, returnvalDepth } from './answer-reader.js';
import { textOf, type XmlElement } from './xml-element.js';

const answer = (content: string, method = 'RetrievePropertiesEx'): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>${content.startsWith('<soapenv:Fault') ? content : `<${method}Response xmlns="urn:vim25">${content}</${method}Response>`}</soapenv:Body></soapenv:Envelope>`;

function read(pieces: Iterable<Uint8Array>, itemDepth = insideReturnvalDepth): XmlElement[] {
  const items: XmlElement[] = [];
  const reader = new AnswerReader({
    method: 'RetrievePropertiesEx',
    itemDepth,
    onItem: (item) => void items.push(item),
  });
  for (const piece of pieces) reader.write(piece);
  reader.end();
  return items;
}
const readText = (text: string, itemDepth?: number): XmlElement[] => read([new TextEncoder().encode(text)], itemDepth);

const objects = (count: number): string =>
  Array.from(
    { length: count },
    (_, at) =>
      `<objects><obj type="Datastore">datastore-${at}</obj><propSet><name>name</name><val xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xsd:string">vmfs &lt;${at}&gt; ü 𝄞</val></propSet></objects>`,
  ).join('');

test('a 20 KB answer is the same whole and byte by byte', () => {
  const bytes = new TextEncoder().encode(answer(`<returnval><token>0</token>${objects(100)}</returnval>`));
  expect(bytes.length).toBeGreaterThan(20_000);
  const whole = read([bytes]);
  const single = read(Array.from(bytes, (byte) => Uint8Array.of(byte)));
  expect(whole).toHaveLength(101);
  expect(single).toEqual(whole);
});

test('the same comes out wherever an answer is cut in two', () => {
  const bytes = new TextEncoder().encode(answer(`<returnval><token>0</token>${objects(3)}</returnval>`));
  const whole = JSON.stringify(read([bytes]));
  for (let at = 0; at <= bytes.length; at++)
    expect(JSON.stringify(read([bytes.subarray(0, at), bytes.subarray(at)]))).toBe(whole);
});

test('an answer that ends early is refused wherever it ends', () => {
  const bytes = new TextEncoder().encode(answer(`<returnval>${objects(2)}</returnval>`));
  for (let at = 0; at < bytes.length; at++)
    expect(() => read([bytes.subarray(0, at)])).toThrow(/The answer was refused/);
});

test('an array of one is an array like any other', () => {
  const [item] = readText(answer(`<returnval>${objects(1)}</returnval>`));
  expect(item?.children.filter(({ name }) => name === 'propSet')).toHaveLength(1);
});

test('a token is text', () => {
  const [item] = readText(answer('<returnval><token>0</token></returnval>'));
  expect(item).toMatchObject({ name: 'token', text: '0' });
});

test('64-bit integers keep every digit', () => {
  const [item] = readText(answer('<returnval><a>1152922127287604726</a></returnval>'), returnvalDepth);
  expect(textOf(item ?? null, 'a')).toBe('1152922127287604726');
});

test('white space between elements is no text; inside a leaf it is', () => {
  const [item] = readText(answer('<returnval>\n <a> b </a>\n</returnval>'), returnvalDepth);
  expect([item?.text, textOf(item ?? null, 'a')]).toEqual(['', ' b ']);
});

test('a fault is thrown by its type, with object and privilege', () => {
  const detail =
    '<detail><NoPermissionFault xmlns="urn:vim25" xsi:type="NoPermission"><object type="Folder">group-d1</object><privilegeId>System.View</privilegeId></NoPermissionFault></detail>';
  expect(() => readText(answer(`<soapenv:Fault><faultcode>x</faultcode>${detail}</soapenv:Fault>`))).toThrow(
    expect.objectContaining({
      kind: 'NoPermission',
      object: { kind: 'Folder', id: 'group-d1' },
      reason: 'NoPermission(System.View)',
    }),
  );
});

test('a fault without xsi:type is known by its element; one without detail is a SoapFault', () => {
  expect(() => readText(answer('<soapenv:Fault><detail><InvalidLoginFault/></detail></soapenv:Fault>'))).toThrow(
    expect.objectContaining({ kind: 'InvalidLogin' }),
  );
  expect(() => readText(answer('<soapenv:Fault><faultstring>no</faultstring></soapenv:Fault>'))).toThrow(
    expect.objectContaining({ kind: 'SoapFault' }),
  );
});

test('the text of a fault that the server chose never becomes part of a message', () => {
  const evil = '<soapenv:Fault><detail><x xsi:type="Evil &lt;script&gt; \u202e"/></detail></soapenv:Fault>';
  expect(() => readText(answer(evil))).toThrow(expect.objectContaining({ kind: 'UnknownFault' }));
});

test.each([
  ['another method', answer('<returnval/>', 'Login')],
  ['a web page', '<html><body>Sign in</body></html>'],
  ['an envelope without an answer', answer('').replace(/<RetrievePropertiesExResponse.*Response>/, '')],
])('%s is refused', (_name, text) => {
  expect(() => readText(text)).toThrow(expect.objectContaining({ code: 'vcenter_protocol' }));
});

test('an object of more elements or text than any real one is refused', () => {
  const many = '<a/>'.repeat(300_001);
  expect(() => readText(answer(`<returnval><objects>${many}</objects></returnval>`))).toThrow(/too large/);
  const long = `<a>${'x'.repeat(1_000_000)}</a>`.repeat(17);
  expect(() => readText(answer(`<returnval><objects>${long}</objects></returnval>`))).toThrow(/too large/);
});

const shaped = (content: string, shape: Partial<AnswerShape>): XmlElement[] => {
  const items: XmlElement[] = [];
  const onItem = (item: XmlElement) => void items.push(item);
  const reader = new AnswerReader({
    method: 'RetrievePropertiesEx',
    itemDepth: insideReturnvalDepth,
    onItem,
    ...shape,
  });
  reader.write(new TextEncoder().encode(answer(`<returnval>${content}</returnval>`)));
  reader.end();
  return items;
};

test('of an element that is named in `only` just the children named there are built, at any depth', () => {
  const mount =
    '<Mount><key>h</key><info><path>p</path><mounted>true</mounted></info><rest><key>x</key></rest></Mount>';
  const only = new Map([
    ['Mount', new Set(['key', 'info'])],
    ['info', new Set(['mounted'])],
  ]);
  const [item] = shaped(`<objects>${mount}<path>q</path></objects>`, { only });
  const built = item?.children[0]?.children.map(({ name, text, children }) => [name, text, children.length]);
  expect(built).toEqual([
    ['key', 'h', 0],
    ['info', '', 1],
  ]);
  expect(textOf(item ?? null, 'path')).toBe('q');
});

test('what is read over must be well-formed all the same', () => {
  const only = new Map([['objects', new Set(['key'])]]);
  for (const inside of ['<a><b></a></b>', '<a>&bogus;</a>', '<a>\u0001</a>', '<a>'])
    expect(() => shaped(`<objects>${inside}</objects>`, { only })).toThrow(/well-formed/);
});

test('elements inside those named by `through` are items of their own, beside the others', () => {
  const content =
    '<version>1</version><set><filter>f</filter><one>a</one><one>b</one></set><truncated>true</truncated>';
  const items = shaped(content, { through: 'set' });
  expect(items.map(({ name, text }) => `${name} ${text}`)).toEqual([
    'version 1',
    'filter f',
    'one a',
    'one b',
    'truncated true',
  ]);
});
