import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { ImportQuery, type MapKind, mapCountTexts, mapKinds, RvtoolsReceipt, routes } from '@lunwarden/contract';
import { packFolder } from '@lunwarden/rvtools';
import { CliError, UsageError } from '../cli-error.js';
import { type Command, parsed, type World } from '../command.js';
import { ApiSession, sessionDetails, sessionOptions } from '../session/api-session.js';

import { importSysteminfo, systeminfoDetails } from './import-systeminfo.js';

const options = {
  ...sessionOptions,
  vcenter: { type: 'string' },
  'exported-at': { type: 'string' },
  'confirm-hosts': { type: 'string' },
  'confirm-datastores': { type: 'string' },
  'confirm-vms': { type: 'string' },
} as const;

/** The option behind each part of the query that the user wrote. */
const optionOf: Record<string, string> = {
  vcenter: '--vcenter',
  exportedAt: '--exported-at',
  confirmedHosts: '--confirm-hosts',
  confirmedDatastores: '--confirm-datastores',
  confirmedVms: '--confirm-vms',
};
const confirmOption: Record<MapKind, string> = {
  hosts: '--confirm-hosts',
  datastores: '--confirm-datastores',
  vms: '--confirm-vms',
};

export const importCommand: Command = {
  usage:
    'import rvtools FILE|FOLDER [--vcenter NAME] [--exported-at TIME] [--confirm-hosts|-datastores|-vms N] | import systeminfo FILE',
  summary: 'Bring the map of a vCenter as an export of RVTools, or try a Windows host by its systeminfo.',
  details: [
    'FILE              the .xlsx that RVTools wrote, or a zip of its CSV files',
    'FOLDER            the folder of its CSV files',
    '--vcenter NAME    of which vCenter it is, where the export does not say',
    '--exported-at T   when RVTools wrote it, such as 2026-11-22T07:00:00Z, where the export does not say',
    '--confirm-hosts N what the export lacks is gone: it rightly shows N ESXi hosts; of each kind that it asks for',
    '                  (--confirm-datastores N, --confirm-vms N) its own number is needed',
    'An import has the age of its export. It never makes anything look fresh.',
    ...sessionDetails,
    ...systeminfoDetails,
  ],
  async run(args, world) {
    if (args[0] === 'systeminfo') return importSysteminfo(args.slice(1), world);
    const { values, positionals } = parsed({ args, options, strict: true, allowPositionals: true });
    const [kind, path, ...rest] = positionals;
    if (kind !== 'rvtools' || path === undefined || rest.length > 0)
      throw new UsageError('Say import rvtools FILE|FOLDER, or import systeminfo FILE.');
    const query = queryOf({
      vcenter: values.vcenter,
      exportedAt: values['exported-at'],
      confirmedHosts: values['confirm-hosts'],
      confirmedDatastores: values['confirm-datastores'],
      confirmedVms: values['confirm-vms'],
      file: basename(path),
    });
    const file = await bytesOf(path);
    const session = await ApiSession.open(world.environment, values);
    try {
      const { body } = await session.ask(routes.importRvtools, { path: `${routes.importRvtools.path}?${query}`, file });
      return tell(RvtoolsReceipt.parse(body), world);
    } finally {
      await session.close();
    }
  },
};

function queryOf(given: ImportQuery): URLSearchParams {
  const query = ImportQuery.safeParse(given);
  if (!query.success)
    throw new UsageError(
      `${query.error.issues.map(({ path: [name], message }) => `${optionOf[String(name)] ?? 'FILE'}: ${message}`).join('; ')}.`,
    );
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query.data)) if (value !== undefined) params.set(name, value);
  return params;
}

async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    return statSync(path).isDirectory() ? await packFolder(path) : readFileSync(path);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'rvtools_not_an_export') throw cause;
    throw new CliError('file_unreadable', `${path} cannot be read: name the file or folder that RVTools wrote.`, {
      cause,
    });
  }
}

/** @returns 1 where the map did not come in force, so that a script notices */
function tell(receipt: RvtoolsReceipt, { out, say }: World): number {
  const { outcome, reason, losses, vcenter, exportedAt, datedBy, counts, gaps, gapCount } = receipt;
  const dated =
    datedBy === 'local-time' ? `${exportedAt} or up to 26 hours later: the export names no time zone` : exportedAt;
  out(
    [
      vcenter?.name ?? 'unknown vCenter',
      outcome,
      `exported ${dated}`,
      `${counts.vms} VMs on ${counts.datastores} datastores, ${counts.luns} LUNs, ${counts.hosts} hosts`,
    ].join('\t'),
  );
  for (const { object, path, reason: why } of gaps.slice(0, 20)) say(`  missing: ${object} ${path}: ${why}`);
  if (gapCount > 20) say(`  and ${gapCount - 20} more`);
  if (reason !== null) say(reason);
  if (losses !== null) {
    const word = mapKinds.flatMap((kind) =>
      losses[kind] === undefined ? [] : [`${confirmOption[kind]} ${losses[kind]}`],
    );
    say(`If ${mapCountTexts(losses).join(' and ')} are right, bring it again with ${word.join(' ')}.`);
  }
  return outcome === 'in-force' ? 0 : 1;
}
