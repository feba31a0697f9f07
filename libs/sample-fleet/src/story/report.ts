import type { HostFacts, ProxyReport } from '@lunwarden/contract';
import { storyAt } from './facts.js';

/** A whole, valid report around these facts, collected at `storyAt` and two seconds old. */
export function reportOf(facts: HostFacts, overrides: Partial<ProxyReport> = {}): ProxyReport {
  return {
    schema: 1,
    reportId: '019aa0c0-2f00-7000-8000-0000000000a1',
    installId: '5f1c7e52-9d5b-4c2e-8a41-3f4b7f0c1d22',
    bootId: '0b7cdb6f-6a3e-4a57-9d0c-6f0d2f9a8e11',
    seq: 1,
    ageMs: 2000,
    collectedAt: storyAt,
    sentAt: storyAt,
    dropped: 0,
    collector: {
      name: facts.platform === 'windows' ? 'windows-powershell' : 'linux-shell',
      version: '0.1.0',
      sha256: null,
    },
    collectors: [{ name: 'disks', status: 'ok', durationMs: 412 }],
    facts,
    ...overrides,
  };
}
