import type { LunMap } from '@lunwarden/contract';
import { z } from 'zod';
import type { Sql } from '../sql.js';
import { isBackupSnapshot } from './backup-snapshot.js';
import { diffOf, writeRows } from './rows-diff.js';

const Left = z.strictObject({ vm: z.string(), what: z.string() });

/** A backup of one VM may well take a night. What stands for longer was forgotten, whatever tasks run. */
const longestBackupMs = 24 * 3_600_000;

/**
 * Makes the rows of map_snapshot equal to the map. What was left behind is settled here, as of the map's own time: a
 * snapshot that grew too old changes a row by that, and so is told like any other change.
 * @returns rows written, and the datastores of VMs of which something is left now that was not before, or no more.
 */
export async function writeSnapshots(sql: Sql, vcenterId: string, map: LunMap) {
  const before = await left(sql, vcenterId);
  const rows = await writeRows(sql, snapshotText, vcenterId, rowsOf(map));
  const after = await left(sql, vcenterId);
  const vms = [...difference(before, after), ...difference(after, before)];
  return { rows, datastoreIds: vms.length === 0 ? [] : await datastoresOf(sql, vcenterId, vms) };
}

function rowsOf({ snapshots = [], needConsolidation = [], collectedAt }: LunMap) {
  const old = Date.parse(collectedAt) - longestBackupMs;
  return [
    ...snapshots.map(({ vm, name, createdAt }) => ({
      vm_id: vm,
      kind: 'snapshot',
      name,
      created_at: createdAt ?? '',
      is_left: isBackupSnapshot(name) && createdAt !== null && Date.parse(createdAt) <= old,
    })),
    ...needConsolidation.map((vm) => ({ vm_id: vm, kind: 'consolidation', name: '', created_at: '', is_left: true })),
  ];
}

/** VM by what is left of it. */
async function left(sql: Sql, vcenterId: string): Promise<Map<string, string>> {
  const rows = await sql.many(
    Left,
    `SELECT vm_id AS vm, vm_id || ' ' || kind || ' ' || name AS what FROM map_snapshot WHERE vcenter_id = $1 AND is_left`,
    [vcenterId],
  );
  return new Map(rows.map(({ vm, what }) => [what, vm]));
}

const difference = (one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): string[] =>
  [...one].flatMap(([what, vm]) => (other.has(what) ? [] : [vm]));

const Id = z.strictObject({ id: z.string() });

async function datastoresOf(sql: Sql, vcenterId: string, vms: readonly string[]): Promise<string[]> {
  const text = `SELECT DISTINCT datastore_id AS id FROM map_vm_datastore WHERE vcenter_id = $1 AND vm_id = ANY ($2)`;
  return (await sql.many(Id, text, [vcenterId, vms])).map(({ id }) => id);
}

const snapshotText = diffOf({
  name: 'map_snapshot',
  key: { vm_id: 'text', kind: 'text', name: 'text', created_at: 'text' },
  rest: { is_left: 'boolean' },
});
