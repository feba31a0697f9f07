import { VsphereError } from '../vsphere-error.js';

/** Aborts one exchange when a phase of it takes too long, or when the caller's signal does. */
export class Watchdog {
  private readonly controller = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  readonly signal: AbortSignal;

  constructor(outer: AbortSignal) {
    this.signal = AbortSignal.any([outer, this.controller.signal]);
  }

  /** Starts a phase and ends the one before. */
  arm(phase: string, milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.controller.abort(
        new VsphereError('vcenter_deadline', `The vCenter did not ${phase} within ${milliseconds} ms. Check its load.`),
      );
    }, milliseconds);
  }

  disarm(): void {
    clearTimeout(this.timer);
  }
}

/** The reason why a signal fired, as this library tells it; null while it has not. */
export function reasonOfAbort(signal: AbortSignal): VsphereError | null {
  if (!signal.aborted) return null;
  const reason: unknown = signal.reason;
  if (reason instanceof VsphereError) return reason;
  if (reason instanceof Error && reason.name === 'TimeoutError')
    return new VsphereError('vcenter_deadline', 'The vCenter was not read within the time allowed for it.', {
      cause: reason,
    });
  return new VsphereError('vcenter_aborted', 'Reading the vCenter was stopped.', { cause: reason });
}
