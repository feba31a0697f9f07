import { hash as hashOf } from 'node:crypto';
import { HostFacts } from '@lunwarden/contract';
import { Injectable } from '@nestjs/common';
import { parseBounded } from '../http/parse-bounded.js';
import { factsHash } from './content-hash.js';
import { readJson } from './read-json.js';

/** Facts of one report, proven valid. `nodes` as `scan` counts them. */
export type ReadFacts = { hash: string; nodes: number; facts: () => HostFacts };

/** At some 300 bytes each: 15 MB. */
const most = 50_000;

/**
 * Reads facts, and remembers by the SHA-256 of their bytes which ones were valid: the same bytes are valid again and are
 * parsed only if somebody asks for them. It knows nothing of hosts and may forget anything at any time.
 */
@Injectable()
export class FactsMemory {
  private readonly known = new Map<string, { hash: string; nodes: number }>();

  /**
   * @param bytes the value of `facts` as it came
   * @throws Refusal malformed_body
   * @throws InvalidInput
   */
  read(bytes: Uint8Array): ReadFacts {
    const digest = hashOf('sha256', bytes, 'base64');
    const known = this.known.get(digest);
    if (known !== undefined) {
      this.remember(digest, known);
      return { ...known, facts: () => parse(bytes).facts };
    }
    const { facts, nodes } = parse(bytes);
    const hash = factsHash(facts);
    this.remember(digest, { hash, nodes });
    return { hash, nodes, facts: () => facts };
  }

  /** The one that was asked for longest ago makes room. */
  private remember(digest: string, facts: { hash: string; nodes: number }): void {
    this.known.delete(digest);
    this.known.set(digest, facts);
    const [oldest] = this.known.size > most ? this.known.keys() : [];
    if (oldest !== undefined) this.known.delete(oldest);
  }
}

function parse(bytes: Uint8Array): { facts: HostFacts; nodes: number } {
  const { value, nodes } = readJson(bytes, 1);
  return { facts: parseBounded(HostFacts, value), nodes };
}
