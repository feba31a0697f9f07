import { modeLabels, type TransportFact, type TransportMode } from '@lunwarden/contract';
import type { Facts } from './facts.js';
import { hostFact, isVirtual } from './host-fact.js';
import type { Policy } from './policy.js';
import { type Reading, reasonWords } from './reading.js';
import type { Trusts } from './trust.js';

/** The transport mode in force, by the best evidence there is: seen in use, told by configuration, or inferred. */
export type EffectiveMode = {
  effective: TransportMode | 'unknown';
  evidence: 'observed' | 'configured' | 'inferred' | 'unknown';
  detail: string;
  /** What the model takes: a mode nobody is sure of may attach disks of guests. */
  reading: Reading<TransportMode>;
};

/** What the LUNs say about a mode that nobody set. */
type InSight = { isListCertain: boolean; seesVmfs: boolean };

export function effectiveMode(
  facts: Facts,
  luns: InSight,
  trusts: Trusts,
  now: { asOf: number; policy: Policy },
): EffectiveMode {
  const transport = hostFact({ facts, trusts }, (own) => own.transport, 'mode');
  if (transport.kind === 'certain') return byTransport(transport.value, { facts, luns, trusts, ...now });
  const last = transport.kind === 'doubtful' ? `; last known: ${configuredWords(transport.value)}` : '';
  return unsure('unknown', 'unknown', `${reasonWords[transport.why]}${last}`);
}

type Around = { facts: Facts; luns: InSight; trusts: Trusts; asOf: number; policy: Policy };

function byTransport(fact: TransportFact, around: Around): EffectiveMode {
  const seen = (fact.observed ?? []).filter(
    ({ tasks, lastSeenAt }) => tasks > 0 && isRecent(Date.parse(lastSeenAt), around),
  );
  const [most] = seen.toSorted((a, b) => b.tasks - a.tasks || (a.mode < b.mode ? -1 : 1));
  if (most !== undefined) {
    const tasks = seen.reduce((sum, one) => sum + one.tasks, 0);
    const detail = `Seen in ${most.tasks} of ${tasks} tasks; ${configuredWords(fact)}`;
    const mayAttach = seen.some(({ mode }) => mode === 'virtual-appliance');
    return sure(most.mode, 'observed', detail, mayAttach);
  }
  if (fact.configured !== 'auto') return sure(fact.configured, 'configured', configuredWords(fact), false);
  return inferred(fact, around);
}

/** Seen lately, and not in a future that only the host's clock knows. */
const isRecent = (at: number, { asOf, policy }: Around): boolean =>
  asOf - at < policy.freshness.observedModeMs && at - asOf <= policy.freshness.skewMs;

/** Automatic selection prefers Direct SAN, then hot-add, then Network. */
function inferred(fact: TransportFact, { luns, facts, trusts }: Around): EffectiveMode {
  const words = configuredWords(fact);
  if (luns.seesVmfs) return unsure('direct-san', 'inferred', `${words}; the host sees VMFS LUNs`);
  const isVm = isVirtual({ facts, trusts });
  if (!luns.isListCertain || isVm === null) return unsure('unknown', 'unknown', words);
  return isVm
    ? unsure('virtual-appliance', 'inferred', `${words}; the host is a VM and sees no VMFS LUN`)
    : unsure('network', 'inferred', `${words}; the host is physical and sees no VMFS LUN`);
}

function configuredWords({ configured, directKind, product, source }: TransportFact): string {
  const kind = configured === 'direct-san' && directKind !== undefined ? ` (${directKind})` : '';
  const name = configured === 'auto' ? 'automatic selection' : `${modeLabels[configured]}${kind}`;
  return `set to ${name} ${source === 'operator' ? 'by an operator' : `in ${product ?? 'the backup product'}`}`;
}

type Evidence = EffectiveMode['evidence'];

function sure(mode: TransportMode, evidence: Evidence, detail: string, mayAttach: boolean): EffectiveMode {
  const worst = mayAttach ? 'virtual-appliance' : mode;
  const state = mode === 'virtual-appliance' ? 'bad' : 'good';
  const reading: Reading<TransportMode> = { worst, best: mode, state, isKnown: true, text: detail, evidence: [] };
  return { effective: mode, evidence, detail, reading };
}

/** Any mode may be in force, the one that attaches disks of guests too. */
function unsure(effective: EffectiveMode['effective'], evidence: Evidence, detail: string): EffectiveMode {
  const { reading } = sure('network', evidence, detail, true);
  return { effective, evidence, detail, reading: { ...reading, state: 'unknown', isKnown: false } };
}
