import { SaxesParser } from 'saxes';
import type { Ref } from './vim-value.js';

/** An element of a request, prefixes cut off. */
export type Element = { name: string; kind: string | null; type: string | null; text: string; children: Element[] };

const maximumDepth = 32;

/**
 * The method element of a SOAP 1.1 envelope.
 * @throws SyntaxError for anything else, a DOCTYPE included.
 */
export function readRequest(body: string): Element {
  const root = parse(body);
  const method = root.name === 'Envelope' ? child(root, 'Body')?.children[0] : undefined;
  if (method === undefined) throw new SyntaxError('not a SOAP envelope with one call');
  return method;
}

function parse(body: string): Element {
  const top: Element = { name: '', kind: null, type: null, text: '', children: [] };
  const open = [top];
  const parser = new SaxesParser();
  const refuse = () => {
    throw new SyntaxError('the request is not plain XML');
  };
  parser.on('error', refuse);
  parser.on('doctype', refuse);
  parser.on('opentag', ({ name, attributes }) => {
    const type = attributes['xsi:type'] ?? null;
    const element = { name: bare(name), kind: attributes.type ?? null, type, text: '', children: [] };
    if (open.push(element) > maximumDepth) refuse();
    open.at(-2)?.children.push(element);
  });
  parser.on('text', (text) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  });
  parser.on('closetag', () => open.pop());
  parser.write(body).close();
  return top.children[0] ?? top;
}

const bare = (name: string): string => name.slice(name.indexOf(':') + 1);

export const child = (element: Element | null, name: string): Element | null => childrenOf(element, name)[0] ?? null;

export const childrenOf = (element: Element | null, name: string): Element[] =>
  element?.children.filter((one) => one.name === name) ?? [];

export const textOf = (element: Element | null, name: string): string | null =>
  child(element, name)?.text.trim() ?? null;

export function refOf(element: Element | null): Ref | null {
  return element === null || element.kind === null ? null : { kind: element.kind, id: element.text.trim() };
}
