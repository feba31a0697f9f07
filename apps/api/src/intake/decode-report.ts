import { gzipSync } from 'node:zlib';
import { type HostFacts, ProxyReport, reportLimits } from '@lunwarden/contract';
import { z } from 'zod';
import { InvalidInput } from '../http/invalid-input.js';
import { parseBounded } from '../http/parse-bounded.js';
import { Refusal } from '../http/refusal.js';
import { contentHash, factsHash, type ReportHead } from './content-hash.js';
import type { FactsMemory, ReadFacts } from './facts-memory.js';
import { inflate } from './inflate.js';
import { readJson } from './read-json.js';
import { splitReport } from './split-report.js';

export type DecodedReport = {
  head: ReportHead;
  contentHash: Uint8Array;
  /** What is in it; made when it is first asked for, because nobody asks for what is in force already. */
  content: () => ReportContent;
};

export type ReportContent = {
  facts: HostFacts;
  /** What was sent, gzip, to be stored as it came. */
  document: Uint8Array;
};

/**
 * From bytes to a typed report: bounded, strictly UTF-8, scanned, parsed, and nothing that the schema does not know.
 * Facts that are byte for byte what `memory` found valid before are not parsed again; the envelope always is.
 * @throws Refusal too_large | malformed_body | unsupported_media_type
 * @throws InvalidInput with the failing paths
 */
export async function decodeReport(
  body: Buffer,
  contentEncoding: string | undefined,
  memory: FactsMemory,
): Promise<DecodedReport> {
  const bytes = await inflate(body, contentEncoding);
  const { head, hash, facts } = readParts(bytes, memory) ?? readWhole(bytes);
  let content: ReportContent | null = null;
  return {
    head,
    contentHash: contentHash(head, hash),
    content: () => {
      content ??= { facts: facts(), document: bytes === body ? gzipSync(bytes, { level: 1 }) : body };
      return content;
    },
  };
}

type ReadReport = Pick<ReadFacts, 'hash' | 'facts'> & { head: ReportHead };

const Envelope = ProxyReport.extend({ facts: z.null() });

/** Envelope and facts each by itself; null for a report that is not valid or does not end with its facts. */
function readParts(bytes: Buffer, memory: FactsMemory): ReadReport | null {
  const parts = splitReport(bytes);
  if (parts === null) return null;
  try {
    const { value, nodes } = readJson(parts.envelope);
    const { facts: _, ...head } = parseBounded(Envelope, value);
    const facts = memory.read(parts.facts);
    return nodes + facts.nodes > reportLimits.nodes ? null : { head, ...facts };
  } catch (error) {
    // What is wrong with it is told by reading the whole.
    if (error instanceof Refusal || error instanceof InvalidInput) return null;
    throw error;
  }
}

function readWhole(bytes: Buffer): ReadReport {
  const { facts, ...head } = parseBounded(ProxyReport, readJson(bytes).value);
  return { head, hash: factsHash(facts), facts: () => facts };
}
