import type { Import, SourceFile } from './imports.js';

/** Who may see whom; everything else is forbidden. */
const arrows: Record<string, readonly string[]> = {
  contract: [],
  risk: ['contract'],
  live: ['contract'],
  'sample-fleet': ['contract'],
  feeds: ['contract'],
  report: ['contract', 'risk'],
  vsphere: ['contract'],
  rvtools: ['contract'],
  store: ['contract'],
  collectors: ['contract'],
  dashboard: ['contract', 'risk', 'live'],
  api: ['contract', 'risk', 'live', 'report', 'store', 'vsphere', 'rvtools', 'feeds'],
  cli: ['contract', 'risk', 'report', 'store', 'vsphere', 'rvtools', 'feeds', 'api'],
};

/** Packages that a pure library may carry: they do no I/O. */
const luggage: Record<string, readonly string[]> = {
  contract: ['zod'],
  feeds: ['papaparse', 'yaml', 'zod'],
  report: ['luxon'],
  live: ['dequal'],
  'sample-fleet': ['pure-rand'],
};

/** Looks at a certificate and hangs up; it never sends a request. */
const certificateReader = 'libs/vsphere/src/transport/certificate.ts';

/** Collectors are scripts of other languages: what is TypeScript beside them only tests them. */
const isSpec = (path: string): boolean =>
  path.startsWith('apps/collectors/') ||
  /\.spec\.tsx?$|\/(e2e|testing|test-support)\//.test(path) ||
  /\.config\.ts$/.test(path);
const isPure = ({ by }: Import): boolean => by.layer === 'contract' || by.layer === 'core';
const inProduct = ({ from }: Import): boolean => !isSpec(from);
const feature = (path: string): string | undefined => /^apps\/dashboard\/src\/features\/([^/]+)\//.exec(path)?.[1];
const landsIn = ({ to }: Import, folder: string): boolean => to.kind === 'file' && to.path.startsWith(folder);

type Law = { name: string; isBrokenBy: (one: Import) => boolean };

/** The architecture in sentences. */
export const laws: readonly Law[] = [
  {
    name: 'everyone-sees-only-whom-the-arrows-allow',
    isBrokenBy: (one) =>
      one.to.kind === 'project' &&
      one.to.name !== 'sample-fleet' &&
      !isSpec(one.from) &&
      !(arrows[one.by.name] ?? []).includes(one.to.name),
  },
  {
    name: 'the-store-knows-no-rules',
    isBrokenBy: (one) =>
      one.by.layer === 'store' && one.to.kind === 'project' && ['risk', 'report', 'live'].includes(one.to.name),
  },
  {
    name: 'the-dashboard-never-sees-the-store',
    isBrokenBy: (one) =>
      one.by.name === 'dashboard' && one.to.kind === 'project' && ['store', 'vsphere', 'api'].includes(one.to.name),
  },
  {
    name: 'libs-are-entered-by-the-front-door',
    isBrokenBy: (one) =>
      (one.to.kind === 'project' && one.to.path !== '') ||
      (one.to.kind === 'file' && inProduct(one) && !one.to.path.startsWith(`${one.by.root}/`)),
  },
  { name: 'pure-libs-touch-no-node', isBrokenBy: (one) => isPure(one) && inProduct(one) && one.to.kind === 'node' },
  {
    name: 'pure-libs-carry-no-luggage',
    isBrokenBy: (one) =>
      isPure(one) && inProduct(one) && one.to.kind === 'package' && !(luggage[one.by.name] ?? []).includes(one.to.name),
  },
  {
    name: 'sample-data-stays-in-tests-and-in-the-demo',
    isBrokenBy: (one) =>
      one.to.kind === 'project' &&
      one.to.name === 'sample-fleet' &&
      inProduct(one) &&
      !one.from.startsWith('apps/cli/src/demo/'),
  },
  {
    name: 'features-do-not-import-features',
    isBrokenBy: (one) =>
      feature(one.from) !== undefined &&
      one.to.kind === 'file' &&
      ![undefined, feature(one.from)].includes(feature(one.to.path)),
  },
  {
    name: 'ui-knows-no-data',
    isBrokenBy: (one) =>
      one.from.startsWith('apps/dashboard/src/ui/') &&
      inProduct(one) &&
      ['data', 'features', 'routes'].some((folder) => landsIn(one, `apps/dashboard/src/${folder}/`)),
  },
  {
    name: 'judging-does-not-know-where-maps-come-from',
    isBrokenBy: (one) => one.from.startsWith('apps/api/src/assess/') && landsIn(one, 'apps/api/src/vcenters/'),
  },
  { name: 'every-import-resolves', isBrokenBy: (one) => one.to.kind === 'missing' },
  {
    name: 'every-package-is-declared-by-who-uses-it',
    isBrokenBy: (one) => {
      if (one.to.kind !== 'package' && one.to.kind !== 'project') return false;
      const name = one.to.kind === 'project' ? `@lunwarden/${one.to.name}` : one.to.name;
      if (name === `@lunwarden/${one.by.name}`) return true;
      if (one.by.runtime.has(name)) return false;
      return inProduct(one) ? !one.isTypeOnly || !one.by.development.has(`@types/${name}`) : false;
    },
  },
];

/** Laws about the text of a file, not about what it imports. */
export const textLaws: readonly { name: string; isBrokenBy: (file: SourceFile) => boolean }[] = [
  {
    name: 'only-the-configuration-reads-the-environment',
    isBrokenBy: ({ path, text }) =>
      /process\.env\b/.test(text) &&
      !isSpec(path) &&
      path !== 'apps/api/src/config.ts' &&
      !path.startsWith('apps/cli/src/'),
  },
  {
    name: 'tls-is-never-switched-off',
    isBrokenBy: ({ path, text }) =>
      !isSpec(path) &&
      /NODE_TLS_REJECT_UNAUTHORIZED|rejectUnauthorized:\s*false/.test(text) &&
      path !== certificateReader,
  },
  { name: 'files-stay-under-three-hundred-lines', isBrokenBy: ({ text }) => text.split('\n').length > 300 },
];

/** The first ring of files that import each other, or null. */
export function ringIn(files: readonly SourceFile[]): string[] | null {
  const next = new Map(
    files.map((file) => [
      file.path,
      file.imports.flatMap(({ to, isTypeOnly }) => (to.kind === 'file' && !isTypeOnly ? [to.path] : [])),
    ]),
  );
  const done = new Set<string>();
  const visit = (path: string, trail: string[]): string[] | null => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return null;
    for (const target of next.get(path) ?? []) {
      const ring = visit(target, [...trail, path]);
      if (ring !== null) return ring;
    }
    done.add(path);
    return null;
  };
  for (const path of next.keys()) {
    const ring = visit(path, []);
    if (ring !== null) return ring;
  }
  return null;
}
