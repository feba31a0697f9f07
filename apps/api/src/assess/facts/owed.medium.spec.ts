import { windowsFacts } from '@lunwarden/sample-fleet';
import { afterEach, describe, expect, it } from 'vitest';
import { backupServer, beside, elsewhere, fleet, listed, report, reported, start } from '../../../e2e/around-fleet.js';

afterEach(() => fleet.close());

const silent = {
  logQueryError: () => undefined,
  logQuerySlow: () => undefined,
  logSchemaBuild: () => undefined,
  logMigration: () => undefined,
  log: () => undefined,
};

/** From here on every judgement that is asked for leaves a line, also where it is paid at once. */
async function noted(): Promise<() => Promise<string[]>> {
  const sql = (text: string) => fleet.store.dataSource.query(text);
  await sql('CREATE TABLE owed_note (host_id uuid)');
  await sql(`CREATE FUNCTION note_owed() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN INSERT INTO owed_note SELECT host_id FROM asked; RETURN NULL; END $$`);
  for (const event of ['INSERT', 'UPDATE'])
    await sql(`CREATE TRIGGER note_${event} AFTER ${event} ON judgement_owed REFERENCING NEW TABLE AS asked
      FOR EACH STATEMENT EXECUTE FUNCTION note_owed()`);
  return async () => {
    const [rows] = (await sql('DELETE FROM owed_note RETURNING host_id')) as [{ host_id: string }[], number];
    return rows.map(({ host_id }) => host_id);
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
    expect(await owed()).toEqual([]);
    await report(host, 'proxy', beside(machine('564d1234-abcd-ef01-2345-6789abcdef02')));
    expect(await owed()).toEqual([host.hostId]);
    await report(host, 'proxy', windowsFacts(machine('564d1234-abcd-ef01-2345-6789abcdef02')));
    expect(await owed()).toEqual([host.hostId]);
  });
});

describe('a backup server that says something else with each report', () => {
  const whole = backupServer({ value: [listed('one'), listed('two')] });
  const none = windowsFacts({ roles: { value: ['backup-server'] }, backupProduct: { value: null } });
  /** Hosts that never reported: what is said around them concerns them all the same. */
  const enrolled = (count: number) =>
    fleet.store.dataSource.query(
      `INSERT INTO host (id, hostname, platform, install_id)
       SELECT gen_random_uuid(), 'h' || n, 'windows', gen_random_uuid() FROM generate_series(1, $1) n`,
      [count],
    );

  /** As a sweep does, but without a look at the custom of the fleet, for which hosts are judged too. */
  const pass = () =>
    fleet.store.inTransaction(async (tx) => {
      if (await tx.products.haveWaited(fleet.now())) await tx.owed.ask(null);
    });

  it('has only those judged of which it says something else', async () => {
    await start();
    const [one] = [await reported('one'), await reported('two')];
    const server = await reported('vbr', whole);
    await pass();
    const asked = await noted();
    const owed = async () => {
      const named = await asked();
      await pass();
      return [...new Set([...named, ...(await asked())])];
    };
    const busy = listed('one', { jobs: { value: { areEnabled: true, runningTasks: 7 } } });
    await report(server, 'vbr', backupServer({ value: [listed('two'), busy] }));
    expect(await owed()).toEqual([one.hostId]);
    await report(server, 'vbr', backupServer({ value: [listed('two'), busy] }, { isDomainJoined: { value: true } }));
    expect(await owed()).toEqual([]);
    await report(server, 'vbr', backupServer({ value: [listed('two'), busy, busy] }));
    expect(await owed()).toEqual([one.hostId]);
    // What all lists prove of those that none names ends with the oldest: a list that comes, or grows older, concerns everybody.
    await reported('vbr2', backupServer({ value: [] }));
    expect(await owed()).toHaveLength(4);
    await report(server, 'vbr', backupServer({ value: [listed('two')] }));
    expect(await owed()).toEqual([one.hostId]);
    await report(server, 'vbr', backupServer({ value: [] }), { ageMs: 600_000 });
    expect(await owed()).toHaveLength(4);
    // So does one that is not whole.
    await report(server, 'vbr', backupServer({ unknown: 'denied' }));
    expect(await owed()).toHaveLength(4);
  });

  it('has all judged that it concerns, but so often only that it keeps nobody busy, and once for all that it said', async () => {
    await start();
    const server = await reported('vbr', none);
    await enrolled(10_000);
    const owed = await noted();
    let statements = 0;
    const { logger } = fleet.store.dataSource;
    fleet.store.dataSource.setOptions({ logger: { ...silent, logQuery: () => void statements++ } });
    const rows: number[] = [];
    const asked: number[] = [];
    for (let flip = 0; flip < 12; flip++) {
      statements = 0;
      await report(server, 'vbr', flip % 2 === 0 ? backupServer({ value: [listed('h1'), listed('h2')] }) : none);
      asked.push(statements);
      await pass();
      rows.push(new Set(await owed()).size);
    }
    fleet.store.dataSource.setOptions({ logger });
    const all = 10_001;
    // A report a minute: an hour's worth at once, and from then on a fleet in a quarter of an hour. Whom it names never waits.
    expect(rows).toEqual([all, all, all, all, 2, 2, 2, all, 2, 2, 2, 2]);
    expect(Math.max(...asked)).toBeLessThan(50);
    fleet.pass(60);
    await pass();
    expect(new Set(await owed()).size).toBe(all);
    await pass();
    expect(await owed()).toEqual([]);
  });
});
