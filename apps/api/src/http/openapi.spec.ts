import { openapi, ProxyReport } from '@lunwarden/contract';
import { hostReport, sampleFleet } from '@lunwarden/sample-fleet';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';

// Somebody who has only the document and a validator of another make.
const ajv = new Ajv2020({ allErrors: true, strict: false, unicodeRegExp: true });
addFormats.default(ajv);
ajv.addSchema(openapi('0.1.0'), 'lunwarden');
const isReport = ajv.compile({ $ref: 'lunwarden#/components/schemas/ProxyReport' });

const now = '2026-11-22T12:00:00.000Z';
const reports = sampleFleet({ seed: 7, asOf: now, hosts: 60 }).hosts.map((host) => hostReport(host, { now, seq: 1 }));

test('a validator that knows only the document takes what collectors send', () => {
  for (const report of reports) expect(isReport(report) ? [] : isReport.errors).toEqual([]);
});

test('the document and the contract refuse the same damage', () => {
  const [report] = reports;
  const damaged: unknown[] = [
    { ...report, schema: 2 },
    { ...report, hostId: '01890a5d-ac96-774b-bcce-b302099a8057' },
    { ...report, reportId: '5f1c7e52-9d5b-4c2e-8a41-3f4b7f0c1d22' },
    { ...report, ageMs: -1 },
    { ...report, seq: 1.5 },
    { ...report, collectors: [] },
    { ...report, facts: { ...report?.facts, hostname: 'a b' } },
    { ...report, facts: { ...report?.facts, roles: { value: ['proxy'], unknown: 'denied' } } },
    { ...report, facts: { ...report?.facts, platform: 'plan9' } },
    { ...report, facts: undefined },
  ];
  for (const body of damaged) {
    const sent: unknown = JSON.parse(JSON.stringify(body));
    expect(ProxyReport.safeParse(sent).success).toBe(false);
    expect(isReport(sent)).toBe(false);
  }
});
