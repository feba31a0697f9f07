import type { FindingCounts } from '@lunwarden/contract';
import type { Judged, StoredFindingWork, Tx, Unnumbered } from '@lunwarden/store';
import { byKey } from './by-key.js';
import { followFinding } from './follow-finding.js';

/**
 * Moves the work on the findings of hosts that were just judged, whose locks the transaction holds. Reads one statement;
 * writes one only where something has moved. @returns what the stream has to tell of it, not yet numbered
 */
export async function followFindings(tx: Tx, judged: readonly Judged[], now: string): Promise<Unnumbered[]> {
  const before = byKey(await tx.findingWork.of(judged.map(({ summary }) => summary.hostId)), (row) => row.hostId);
  const all = judged.map(({ assessment, summary: { hostId, lastReportAt } }) => {
    const own = new Map((before.get(hostId) ?? []).map((row) => [row.rule, row]));
    const heard = { hostId, heardAt: lastReportAt, now };
    const moved = assessment.findings
      .map((finding) => followFinding(own.get(finding.rule), finding, heard))
      .filter((row) => row !== null);
    for (const row of moved) own.set(row.rule, row);
    return { hostId, moved, counts: countsOf([...own.values()]) };
  });
  const news = all.filter(({ moved }) => moved.length > 0);
  await tx.findingWork.save(news.flatMap(({ moved }) => moved));
  return news.map(({ hostId, counts }): Unnumbered => ({ kind: 'findings', at: now, hostId, counts }));
}

export function countsOf(rows: readonly Pick<StoredFindingWork, 'state'>[]): FindingCounts {
  const counts: FindingCounts = { open: 0, acknowledged: 0, 'in-progress': 0, accepted: 0, verified: 0 };
  for (const { state } of rows) counts[state]++;
  return counts;
}
