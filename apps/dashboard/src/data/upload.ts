import { csrfHeader, type Route } from '@lunwarden/contract';
import type { z } from 'zod';
import { addressOf, believed, refusalOf, unreachable } from './api.js';

type Upload = {
  file: Blob;
  /** Media type, one of those that the route takes. */
  type: string;
  query: Record<string, string>;
  /** 0..1 of the bytes are on their way; at 1 the server reads. */
  onSent: (share: number) => void;
};

/** Sends a file. XMLHttpRequest, because `fetch` does not tell how much of a body is gone. @throws ApiError */
export function upload<S extends z.ZodType>(
  route: Route,
  answer: S,
  { file, type, query, onSent }: Upload,
): Promise<z.output<S>> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(route.method, addressOf(route, { query }));
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('content-type', type);
    request.setRequestHeader(csrfHeader.name, csrfHeader.value);
    request.upload.addEventListener('progress', ({ loaded, total, lengthComputable }) => {
      if (lengthComputable && total > 0) onSent(loaded / total);
    });
    request.upload.addEventListener('load', () => onSent(1));
    request.addEventListener('error', () => reject(unreachable()));
    request.addEventListener('load', () => {
      const { status, responseText } = request;
      try {
        if (status < 200 || status > 299) throw refusalOf(status, jsonIn(responseText));
        resolve(believed(answer, status, jsonIn(responseText)));
      } catch (error) {
        reject(error);
      }
    });
    request.send(file);
  });
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A proxy's HTML page: whoever wanted a shape finds that this is none.
    return undefined;
  }
}
