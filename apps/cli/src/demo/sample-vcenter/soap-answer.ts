import { escapeText } from './vim-value.js';

/** A refusal of the vSphere API, told as a SOAP fault with HTTP 500. `inner` is markup of its fields. */
export class VimFault extends Error {
  constructor(
    readonly kind: string,
    message: string,
    readonly inner = '',
  ) {
    super(message);
  }
}

const envelope = (body: string): string =>
  '<?xml version="1.0" encoding="UTF-8"?>\n' +
  '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"' +
  ' xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
  `<soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;

/** `inner` is whole `returnval` elements, or nothing for a method that returns nothing. */
export const answerOf = (method: string, inner: string): string =>
  envelope(`<${method}Response xmlns="urn:vim25">${inner}</${method}Response>`);

export const faultAnswer = ({ kind, message, inner }: VimFault): string =>
  envelope(
    '<soapenv:Fault><faultcode>ServerFaultCode</faultcode>' +
      `<faultstring>${escapeText(message)}</faultstring><detail>` +
      `<${kind}Fault xmlns="urn:vim25" xsi:type="${kind}">${inner}</${kind}Fault></detail></soapenv:Fault>`,
  );

export const notAuthenticated = (): VimFault => new VimFault('NotAuthenticated', 'The session is not authenticated.');
export const invalidArgument = (property: string): VimFault =>
  new VimFault(
    'InvalidArgument',
    `A specified parameter was not correct: ${property}`,
    `<invalidProperty>${escapeText(property)}</invalidProperty>`,
  );
export const invalidProperty = (name: string): VimFault =>
  new VimFault('InvalidProperty', 'The property is not known.', `<name>${escapeText(name)}</name>`);
