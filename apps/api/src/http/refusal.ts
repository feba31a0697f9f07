/**
 * What a caller can be told, by stable code. The one place that knows which HTTP status a refusal has:
 * services throw errors whose `code` is listed here, or return a value.
 */
export const refusals = {
  malformed_body: { status: 400, title: 'The body cannot be read' },
  invalid_value: { status: 400, title: 'A value is not storable' },
  bad_request: { status: 400, title: 'The request is malformed' },
  unauthorized: { status: 401, title: 'Not signed in' },
  wrong_credentials: { status: 401, title: 'Wrong user name or password' },
  wrong_setup_code: { status: 401, title: 'Wrong or expired setup code' },
  wrong_enroll_token: { status: 401, title: 'Wrong, used up or expired enrolment token' },
  forbidden: { status: 403, title: 'Not allowed' },
  cross_site: { status: 403, title: 'Not a request of this site' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'Method not allowed' },
  timeout: { status: 408, title: 'The request took too long' },
  conflict: { status: 409, title: 'Conflicts with what is stored' },
  too_large: { status: 413, title: 'Too large' },
  unsupported_media_type: { status: 415, title: 'Media type not supported' },
  invalid_input: { status: 422, title: 'The request does not fit its schema' },
  too_many_requests: { status: 429, title: 'Too many requests' },
  unavailable: { status: 503, title: 'Temporarily unavailable' },
} as const satisfies Record<string, { status: number; title: string }>;

export type RefusalCode = keyof typeof refusals;

export const isRefusalCode = (code: unknown): code is RefusalCode =>
  typeof code === 'string' && Object.hasOwn(refusals, code);

/** A request is refused for a reason that its sender may know; `detail` says what to do next and is sent. */
export class Refusal extends Error {
  constructor(
    readonly code: RefusalCode,
    detail: string,
    /** For 429 and 503: when to come again. */
    readonly retryAfterSeconds?: number,
  ) {
    super(detail);
  }
}
