import type { HostFacts } from '@lunwarden/contract';
import { storyFacts } from '@lunwarden/sample-fleet';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ApiChild, apiChild } from './api-child.js';
import { clientOf, type EnrolledProxy, reportFrom, send } from './house.js';

const kills = 20;
const proxies = 20;

let api: ApiChild;
beforeAll(async () => {
  api = await apiChild();
});
afterAll(() => api?.close());

/** Two contents in turn, so that reports take the short way and the long one. */
const factsOf = (turn: number): HostFacts => storyFacts(turn % 3 === 0 ? 'popular-fix' : 'service-pack-failed');

it(`keeps every acknowledged report through ${kills} kill -9, and none twice`, async () => {
  const { url, setupCode } = await api.start();
  const client = await clientOf(url, setupCode);
  const hosts = await Promise.all(Array.from({ length: proxies }, (_, n) => client.enroll(`proxy-${n}`)));
  const acknowledged: string[] = [];
  let isOver = false;

  const speak = async (host: EnrolledProxy): Promise<void> => {
    for (let turn = 0; !isOver; turn++) {
      const report = reportFrom(host, factsOf(turn));
      // As a collector does: the same report again until it is acknowledged.
      for (let isAcknowledged = false; !isAcknowledged && !isOver; ) {
        isAcknowledged = await send(url, host, report).then(
          () => true,
          () => new Promise<false>((resolve) => setTimeout(resolve, 20, false)),
        );
        if (isAcknowledged) acknowledged.push(`${host.hostId} ${report.reportId}`);
      }
    }
  };
  const speakers = hosts.map(speak);
  for (let round = 0; round < kills; round++) {
    // In the middle of its work: some reports are through, others under way.
    const through = acknowledged.length + 12;
    while (acknowledged.length < through) await new Promise((resolve) => setTimeout(resolve, 5));
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 40));
    await api.kill();
    await api.start();
  }
  await new Promise((resolve) => setTimeout(resolve, 500));
  isOver = true;
  await Promise.all(speakers);

  const reader = new pg.Client({ connectionString: api.databaseUrl });
  await reader.connect();
  const { rows } = await reader.query<{ id: string }>(`SELECT host_id || ' ' || report_id AS id FROM report_receipt`);
  const { rows: holes } = await reader.query(
    `SELECT seq FROM change_counter WHERE seq <> (SELECT count(*) FROM change)`,
  );
  await reader.end();
  const stored = rows.map((row) => row.id);
  expect(acknowledged.length).toBeGreaterThan(proxies * 5);
  expect(new Set(stored).size).toBe(stored.length);
  expect(acknowledged.filter((id) => !stored.includes(id))).toEqual([]);
  expect(holes).toEqual([]);
  console.info(`${kills} kills: ${acknowledged.length} reports acknowledged, ${stored.length} stored, 0 lost`);
}, 900_000);
