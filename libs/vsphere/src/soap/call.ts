import type { Connection, HttpAnswer } from '../transport/connection.js';
import { VsphereError } from '../vsphere-error.js';
import { AnswerReader, type AnswerShape } from './answer-reader.js';
import { envelope, type Markup } from './envelope.js';
import type { Ref } from './xml-element.js';

/** One method call on one object. */
export interface Call extends AnswerShape {
  readonly self: Ref;
  readonly parts: readonly Markup[];
}

export interface CallContext {
  /** Negotiated API version, e.g. `8.0.2.0`: it decides which types and fields vCenter may answer with. */
  readonly apiVersion: string;
  /** `name=value` of the session cookie, or null before the login. */
  readonly cookie: string | null;
  /** Told the cookie that the head of an answer sets: also where the rest breaks off, the session is there. */
  readonly onCookie: (cookie: string) => void;
}

/**
 * Calls a method and hands over its answer item by item.
 * @throws VimFault when vSphere refuses; VsphereError when no whole answer came.
 */
export async function callMethod(
  connection: Connection,
  call: Call,
  { apiVersion, cookie, onCookie }: CallContext,
  signal: AbortSignal,
): Promise<void> {
  const request = {
    method: 'POST',
    path: '/sdk',
    headers: {
      'content-type': 'text/xml; charset=utf-8',
      soapaction: `urn:vim25/${apiVersion}`,
      ...(cookie === null ? {} : { cookie }),
    },
    body: envelope(call.method, call.self, call.parts),
  } as const;
  await connection.exchange(request, signal, async (answer) => {
    const set = cookieOf(answer);
    if (set !== null) onCookie(set);
    checkStatus(answer.status, call.method);
    const reader = new AnswerReader(call);
    for await (const chunk of answer.chunks) reader.write(chunk);
    reader.end();
  });
}

/** @throws VsphereError unless the status can carry SOAP: 200, or 500 with a fault. */
export function checkStatus(status: number, asked: string): void {
  if (status === 200 || status === 500) return;
  if ([502, 503, 504].includes(status))
    throw new VsphereError(
      'vcenter_unavailable',
      `The vCenter is not ready (HTTP ${status}): its services may be starting or its sessions used up. Try again in some minutes.`,
    );
  if (status >= 300 && status < 400)
    throw new VsphereError(
      'vcenter_protocol',
      `The server sends elsewhere (HTTP ${status}), which is not followed. Give the vCenter's own address.`,
    );
  throw new VsphereError(
    'vcenter_protocol',
    `The server answered ${asked} with HTTP ${status}. Check that the address is the vCenter's own.`,
  );
}

function cookieOf(answer: HttpAnswer): string | null {
  for (const line of answer.setCookie) {
    const pair = line.split(';')[0] ?? '';
    // The value may be quoted; it goes back as it came.
    if (/^vmware_soap_session=[\x21-\x3a\x3c-\x7e]+$/.test(pair)) return pair;
  }
  return null;
}
