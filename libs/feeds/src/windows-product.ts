import { windowsBuilds } from './tables/windows-builds.js';

export type Architecture = 'x64' | 'x86' | 'arm64';
/** What a host or its `systeminfo` says of its Windows; `version` as in `10.0.17763`. */
export type WindowsVersion = { version: string; isServer: boolean; architecture?: Architecture };

const archWords: Record<Architecture, string> = { x64: 'x64-based', x86: '32-bit', arm64: 'ARM64-based' };

/** The product as bulletins name it, in our spelling of it; null = a build that we do not know. */
export function windowsProduct({ version, isServer, architecture = 'x64' }: WindowsVersion): string | null {
  const name = isServer ? windowsBuilds[version]?.server : windowsBuilds[version]?.client;
  return name === undefined ? null : productKey(name.replace('{arch}', archWords[architecture]));
}

/** The release of endoflife.date, e.g. `windows-server/2016`; null = a build that we do not know. */
export function windowsRelease({ version, isServer }: WindowsVersion): string | null {
  const build = windowsBuilds[version];
  const [product, cycle] = isServer ? ['windows-server', build?.serverCycle] : ['windows', build?.clientCycle];
  return cycle === undefined ? null : `${product}/${cycle}`;
}

/**
 * One spelling for every spelling of one product, and never one for two: case, blanks and the note on Server Core
 * are all that is dropped, because Core takes the very updates of the full installation.
 */
export const productKey = (name: string): string =>
  name
    .toLowerCase()
    .replace(/\(server core installation\)/g, ' ')
    .replace(/^microsoft /, '')
    .replace(/\s+/g, ' ')
    .trim();

/** Every product that `windowsProduct` can answer: what a catalogue says of others is nobody's. */
export const windowsProducts: ReadonlySet<string> = new Set(
  Object.values(windowsBuilds).flatMap(({ server, client }) =>
    [server, client].flatMap((name) =>
      name === undefined ? [] : Object.values(archWords).map((word) => productKey(name.replace('{arch}', word))),
    ),
  ),
);
