import { windowsFacts } from '@lunwarden/sample-fleet';
import { afterEach, describe, expect, it } from 'vitest';
import { beside, elsewhere, fleet, report, reported, start } from '../../../e2e/around-fleet.js';

afterEach(() => fleet.close());

/** From here on every judgement that is asked for leaves a line, also where it is paid at once. */
async function noted(): Promise<() => Promise<Record<string, number>>> {
  const sql = (text: string) => fleet.store.dataSource.query<{ host_id: string; times: number }[]>(text);
  await sql('CREATE TABLE owed_note (host_id uuid)');
  await sql(`CREATE FUNCTION note_owed() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN INSERT INTO owed_note SELECT host_id FROM asked; RETURN NULL; END $$`);
  for (const event of ['INSERT', 'UPDATE'])
    await sql(`CREATE TRIGGER note_${event} AFTER ${event} ON judgement_owed REFERENCING NEW TABLE AS asked
      FOR EACH STATEMENT EXECUTE FUNCTION note_owed()`);
  return async () => {
    const rows = await sql('DELETE FROM owed_note RETURNING host_id, 1 AS times').then(([deleted]) => deleted);
    const times: Record<string, number> = {};
    for (const { host_id } of rows as unknown as { host_id: string }[]) times[host_id] = (times[host_id] ?? 0) + 1;
    return times;
  };
}

describe('a report that a map in force may look for in another place than before', () => {
  const machine = (biosUuid: string) => ({
    machine: { value: { isVirtual: true, vendor: 'VMware, Inc.', model: 'm', biosUuid } },
  });

  it('owes its host a judgement in its own transaction, also where only its BIOS UUID is another', async () => {
    await start();
    const host = await reported('proxy', beside(machine('564d1234-abcd-ef01-2345-6789abcdef01')));
    const owed = await noted();
    await report(host, 'proxy', beside({ ...machine('564d1234-abcd-ef01-2345-6789abcdef01'), ...elsewhere(1) }));
    expect(await owed()).toEqual({});
    await report(host, 'proxy', beside(machine('564d1234-abcd-ef01-2345-6789abcdef02')));
    expect(await owed()).toEqual({ [host.hostId]: 1 });
    await report(host, 'proxy', windowsFacts(machine('564d1234-abcd-ef01-2345-6789abcdef02')));
    expect(await owed()).toEqual({ [host.hostId]: 1 });
  });
});
