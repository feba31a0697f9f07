import type { EsxiHost } from '@lunwarden/risk';

type Told = { name: string; version: string | null; build: string | null };

/** One that never was connected tells neither; then nobody can say that it has the fixes. */
export const esxiHostOf = ({ name, version, build }: Told): EsxiHost => ({
  name,
  version: version ?? '',
  build: build !== null && /^\d{1,15}$/.test(build) ? Number(build) : null,
  line: lineOf(version),
});

/**
 * `8.0.3` is `8.0 U3`, and `8.0.0` is `8.0`. Before 7.0 every update called itself x.y.0, so that the line is not known
 * from the version.
 */
export function lineOf(version: string | null): string | null {
  const match = /^(\d+)\.(\d+)\.(\d+)$/.exec(version ?? '');
  if (match === null) return null;
  const [, major = '', minor = '', update = ''] = match;
  if (Number(major) < 7) return null;
  return update === '0' ? `${major}.${minor}` : `${major}.${minor} U${update}`;
}
