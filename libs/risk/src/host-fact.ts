import type { HostFacts, Known, LinuxFacts, WindowsFacts } from '@lunwarden/contract';
import { type Told, told } from './reading.js';
import type { Source } from './signals.js';

/** A fact of the report under the rules of evidence; undefined = a collector that never asks for it. */
type FactOf<F> = <T>(
  source: Pick<Source, 'facts' | 'trusts'>,
  fact: (facts: F) => Known<T> | undefined,
  trust?: keyof Source['trusts'],
) => Told<T>;

const neverReported = { kind: 'unknown', why: 'never_reported' } as const;
const notCollected = { kind: 'unknown', why: 'not_collected' } as const;

const factOf =
  <F>(as: (facts: HostFacts) => F | null): FactOf<F> =>
  ({ facts: { report }, trusts }, fact, trust = 'hostState') => {
    const facts = report === null ? null : as(report.facts);
    if (report === null || facts === null) return neverReported;
    const now = fact(facts);
    if (now === undefined) return notCollected;
    const remembered = as(report.remembered);
    return told(now, (remembered === null ? now : fact(remembered)) ?? now, trusts[trust]);
  };

/** What only one platform reports: of the other, and of a host without a report, nobody ever told it. */
export const windowsFact: FactOf<WindowsFacts> = factOf((facts) => (facts.platform === 'windows' ? facts : null));
export const linuxFact: FactOf<LinuxFacts> = factOf((facts) => (facts.platform === 'linux' ? facts : null));
/** What both report. */
export const hostFact: FactOf<HostFacts> = factOf((facts) => facts);

/** Whether the host is a VM; null = nobody knows, or knew too long ago. */
export function isVirtual(source: Pick<Source, 'facts' | 'trusts'>): boolean | null {
  const machine = hostFact(source, (facts) => facts.machine, 'mode');
  return machine.kind === 'certain' ? machine.value.isVirtual : null;
}

/** A fact about updates: how old it may be is the same for all of them. */
export const patchFact = <T>(source: Pick<Source, 'facts' | 'trusts'>, fact: (facts: HostFacts) => Known<T>): Told<T> =>
  hostFact(source, fact, 'patch');
