/** Something the user can mend: the message is one sentence with the next step, no stack is shown. Exit code 1. */
export class CliError extends Error {
  override readonly name = 'CliError';
  constructor(
    /** Stable, snake_case. */
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The command line itself is wrong. Exit code 3. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code = 'usage';
}
