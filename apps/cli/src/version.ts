import { createRequire } from 'node:module';

/** Version in our package.json. */
export function ownVersion(): string {
  const manifest: unknown = createRequire(import.meta.url)('../package.json');
  const hasVersion = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return hasVersion ? String(manifest.version) : 'unknown';
}
