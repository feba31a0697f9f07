/** Stable codes: documents, messages and metrics name them. */
export type VsphereErrorCode =
  | 'vcenter_address_refused'
  | 'vcenter_unreachable'
  | 'vcenter_certificate_refused'
  | 'vcenter_login_refused'
  | 'vcenter_unavailable'
  | 'vcenter_session_lost'
  | 'vcenter_fault'
  | 'vcenter_protocol'
  | 'vcenter_deadline'
  | 'vcenter_aborted';

/**
 * Why a vCenter could not be read. The message says what to do next and never holds a credential or text that the
 * other side chose freely; `sha256` is the fingerprint that was met when a certificate was refused.
 */
export class VsphereError extends Error {
  readonly code: VsphereErrorCode;
  readonly sha256: string | null;

  constructor(code: VsphereErrorCode, message: string, options: { cause?: unknown; sha256?: string } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'VsphereError';
    this.code = code;
    this.sha256 = options.sha256 ?? null;
  }
}
