/** Milliseconds. Each phase has its own, because a hang in any of them looks the same from outside. */
export interface Timeouts {
  /** TCP and TLS together. */
  readonly connectMs: number;
  /** From the request's last byte to the answer's head: vCenter builds a page before it sends any of it. */
  readonly firstByteMs: number;
  /** Between two pieces of an answer. */
  readonly idleMs: number;
  /** For the whole collection. */
  readonly totalMs: number;
  /** Before the first restart of a type; four times as long before the second. */
  readonly restartMs: number;
}

export const defaultTimeouts: Timeouts = {
  connectMs: 10_000,
  firstByteMs: 120_000,
  idleMs: 60_000,
  totalMs: 30 * 60_000,
  restartMs: 1_000,
};
