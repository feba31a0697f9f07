import type { Assessment, Finding, HostFacts, HostSummary } from '@lunwarden/contract';
import { sourceBehind } from './assess.js';
import type { Facts } from './facts.js';
import { isWeakPolicy } from './model.js';
import { defaultPolicy, type Policy } from './policy.js';

/** One row of the fleet: what lists, tiles and the stream show of a host. */
export function summarize(facts: Facts, assessment: Assessment, policy: Policy = defaultPolicy): HostSummary {
  const { report } = facts;
  const { trusts, luns, vmfs, asOf } = sourceBehind(assessment, facts, policy);
  const { exposure, mode } = assessment;
  return {
    hostId: facts.hostId,
    hostname: report?.facts.hostname ?? facts.hostname,
    platform: report?.facts.platform ?? facts.platform,
    os: report === null ? 'unknown' : osName(report.facts),
    level: assessment.level,
    score: assessment.score,
    low: assessment.low,
    completeness: assessment.completeness,
    mode: mode.effective,
    modeEvidence: mode.evidence,
    patch: assessment.patch.level,
    ...guardsOf(facts, trusts.hostState.fresh),
    vmfsLuns: exposure.vmfsLuns,
    writableLuns:
      exposure.vmfsLuns === null || luns.kind === 'unknown'
        ? null
        : vmfs.filter(({ worst }) => worst === 'online-writable').length,
    datastoreIds: exposure.datastores.map(({ id }) => id),
    vms: exposure.vms,
    blastIsComplete: exposure.isComplete,
    topReason: topReasonOf(assessment),
    observedAt: report?.observedAt ?? null,
    lastReportAt: facts.lastSeenAt ?? report?.receivedAt ?? null,
    validUntil: assessment.validUntil,
    validity: assessment.validity,
    state: stateOf(facts, { asOf, isFresh: trusts.hostState.fresh, policy }),
  };
}

function osName({ os }: HostFacts): string {
  if ('unknown' in os) return 'unknown';
  return ('caption' in os.value ? os.value.caption : os.value.name).slice(0, 160);
}

/** Guards as last read; a good one that is too old to prove anything is unknown, a bad one stays. */
function guardsOf({ report, platform }: Facts, fresh: boolean): Pick<HostSummary, 'automount' | 'sanPolicy'> {
  if ((report?.facts.platform ?? platform) === 'linux')
    return { automount: 'not-applicable', sanPolicy: 'not-applicable' };
  if (report?.facts.platform !== 'windows') return { automount: 'unknown', sanPolicy: 'unknown' };
  const { facts } = report;
  const automount = 'value' in facts.automount ? facts.automount.value : 'unknown';
  const sanPolicy = 'value' in facts.sanPolicy ? facts.sanPolicy.value : 'unknown';
  if (fresh) return { automount, sanPolicy };
  return {
    automount: automount === 'enabled' ? automount : 'unknown',
    sanPolicy: sanPolicy !== 'unknown' && isWeakPolicy(sanPolicy) ? sanPolicy : 'unknown',
  };
}

/** In one sentence: what is known to be wrong; for a host that nobody can judge, what is missing. */
function topReasonOf({ level, missing, findings }: Assessment): string | null {
  if (level === 'unknown') return `Not known: ${missing.join(', ')}`.slice(0, 300);
  const atRisk = findings.filter(({ verdict }) => verdict === 'at-risk');
  // What can destroy a datastore comes before what is merely missing: a patch can be installed tomorrow.
  const first = atRisk.find(isGraveHazard) ?? atRisk[0];
  if (first === undefined) return null;
  const detail = first.evidence[0]?.text;
  return (detail === undefined ? first.title : `${first.title}: ${detail}`).slice(0, 300);
}

const hazards: readonly string[] = ['WIN', 'LUN', 'SAN', 'HOT', 'LNX'];
const isGraveHazard = ({ code, severity }: Finding): boolean =>
  hazards.includes(code.slice(0, 3)) && (severity === 'critical' || severity === 'high');

/** `silent` = not heard of for a quarter of an hour; `stale` = its facts no longer prove anything good. */
function stateOf(
  facts: Facts,
  { asOf, isFresh, policy }: { asOf: number; isFresh: boolean; policy: Policy },
): HostSummary['state'] {
  if (facts.identityConflict) return 'identity-conflict';
  if (facts.report === null) return 'never-reported';
  if (!isFresh) return 'stale';
  const heardAt = Date.parse(facts.lastSeenAt ?? facts.report.receivedAt);
  return asOf - heardAt > policy.freshness.aliveMs ? 'silent' : 'reporting';
}
