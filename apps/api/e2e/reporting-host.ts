import { randomUUID } from 'node:crypto';
import type { HostFacts, ProxyReport, ReportReceipt } from '@lunwarden/contract';
import { reportOf } from '@lunwarden/sample-fleet';
import { browserHeaders, enrolHost, type TestApi } from './test-api.js';

export type ReportingHost = {
  hostId: string;
  /** Sends these facts as its next report, two seconds old. */
  report(facts: HostFacts, changes?: Partial<ProxyReport>): Promise<ReportReceipt>;
};

/** A host that enrolled and reports with its own key. */
export async function reportingHost(api: TestApi, hostname: string): Promise<ReportingHost> {
  const { hostId, bearer } = await enrolHost(api, hostname);
  const bootId = randomUUID();
  let seq = 0;
  return {
    hostId,
    async report(facts, changes = {}) {
      const head = { reportId: `01890a5d-ac96-774b-bcce-${randomUUID().slice(-12)}`, bootId, seq: ++seq, ...changes };
      const answer = await fetch(`${api.url}/api/v1/reports`, {
        method: 'POST',
        headers: { authorization: bearer, 'content-type': 'application/json' },
        body: JSON.stringify(reportOf({ ...facts, hostname }, head)),
      });
      if (!answer.ok) throw new Error(`report refused: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as ReportReceipt;
    },
  };
}

/** What a signed-in browser asks; the body of the answer is taken as it is. */
export function browserOf(api: TestApi, cookie: string) {
  return async (method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown) => {
    const answer = await fetch(`${api.url}/api/v1${path}`, {
      method,
      headers: { ...(method === 'GET' ? {} : browserHeaders), cookie },
      body: method === 'GET' ? undefined : JSON.stringify(body ?? {}),
    });
    const text = await answer.text();
    const answered: unknown = text === '' ? null : JSON.parse(text);
    return { status: answer.status, body: answered };
  };
}
