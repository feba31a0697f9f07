import type { Ref } from './xml-element.js';

/** Markup that is safe to put into an envelope; only the functions below make it. */
export type Markup = { readonly markup: string };

/** Text for element content. Control characters cannot be written in XML 1.0 at all and are refused by name. */
export function escapeText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to refuse
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text)) throw new RangeError('a control character');
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;');
}

export const leaf = (name: string, text: string): Markup => ({ markup: `<${name}>${escapeText(text)}</${name}>` });

export const group = (name: string, ...parts: Markup[]): Markup => ({
  markup: `<${name}>${parts.map((part) => part.markup).join('')}</${name}>`,
});

export const reference = (name: string, to: Ref): Markup => ({
  markup: `<${name} type="${escapeText(to.kind).replaceAll('"', '&quot;')}">${escapeText(to.id)}</${name}>`,
});

/** ContainerView.view, followed without returning the view itself. */
export const viewTraversal: Markup = {
  markup:
    '<selectSet xsi:type="TraversalSpec"><name>view</name><type>ContainerView</type><path>view</path><skip>false</skip></selectSet>',
};

/** A whole request; `self` is the object whose method is called. */
export function envelope(method: string, self: Ref, parts: readonly Markup[]): string {
  const body = [reference('_this', self), ...parts].map((part) => part.markup).join('');
  return (
    '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope' +
    ' xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"' +
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>' +
    `<${method} xmlns="urn:vim25">${body}</${method}></soapenv:Body></soapenv:Envelope>`
  );
}
