// Builds VMware's vCenter simulator from the Go module that comes with the vSphere library.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './install.mjs';

const source = join(root, 'libs/vsphere/testing/vcsim');
const cache = join(root, 'node_modules/.cache/lunwarden');
const cached = join(cache, process.platform === 'win32' ? 'vcsim.exe' : 'vcsim');

/** @returns {{path: string, how: string} | {path: null, why: string, hasGo: boolean}} */
export function ensureVcsim(say, { built: binary = cached } = {}) {
  const stamp = `${binary}.source`;
  const given = process.env.LUNWARDEN_VCSIM;
  if (given && existsSync(given)) return { path: given, how: 'LUNWARDEN_VCSIM' };
  const hash = hashOfSource();
  if (existsSync(binary) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) {
    return { path: binary, how: 'built before' };
  }
  const version = spawnSync('go', ['version'], { encoding: 'utf8' });
  if (version.status !== 0) {
    return {
      path: null,
      hasGo: false,
      why: 'Go is not installed, so the vCenter simulator cannot be built: install Go 1.25 or newer',
    };
  }
  say(`Building the vCenter simulator with ${version.stdout.trim()} ...`);
  mkdirSync(cache, { recursive: true });
  // GOTOOLCHAIN=local: a Go that is too old says so instead of downloading another Go.
  const env = { ...process.env, CGO_ENABLED: '0', GOTOOLCHAIN: 'local', GOFLAGS: '-mod=readonly' };
  const built = spawnSync('go', ['build', '-trimpath', '-o', binary, '.'], { cwd: source, env, encoding: 'utf8' });
  if (built.status !== 0) {
    const words = `${built.stderr ?? ''}`.trim().split('\n').slice(-5).join(' | ');
    return { path: null, hasGo: true, why: `the vCenter simulator does not build: ${words}` };
  }
  writeFileSync(stamp, hash);
  return { path: binary, how: 'built' };
}

function hashOfSource() {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}`);
  for (const file of readdirSync(source).sort()) {
    if (/\.(go|mod|sum)$/.test(file)) hash.update(file).update(readFileSync(join(source, file)));
  }
  return hash.digest('hex');
}
