import { type Evidence, type Finding, type Severity, severities } from '@lunwarden/contract';

/** Where to go to have questions answered. */
export type NextStep = { text: string; to?: '/setup/vcenters' | '/setup/feeds' | '/gate' | '/setup/tokens' };
export type UnknownGroup = {
  /** Completes "12 questions unanswered because …". */
  because: string;
  next: NextStep;
  gravest: Severity;
  findings: Finding[];
};

type Cause = Pick<UnknownGroup, 'because' | 'next'>;

const noMap: Cause = {
  because: 'there is no vCenter map',
  next: { text: 'Connect the vCenter, or import an RVTools export', to: '/setup/vcenters' },
};
const map: Cause = {
  because: 'the vCenter did not tell it',
  next: { text: 'See what its account may not read', to: '/setup/vcenters' },
};
const product: Cause = {
  because: 'the backup product was not asked, or did not tell',
  next: { text: 'Run the collector on the backup server too, with an account that may read the product' },
};
const changes: Cause = {
  because: 'no change window or record of changes tells it',
  next: { text: 'Store the change window of this host', to: '/gate' },
};
const feeds: Cause = {
  because: 'no fresh feed tells it',
  next: { text: 'Import the feed as a file', to: '/setup/feeds' },
};
const before: Cause = {
  because: 'there is no earlier report to compare with',
  next: { text: 'Nothing to do: the next report is compared with this one' },
};
const peers: Cause = {
  because: 'too little is known of the other proxies',
  next: { text: 'Enrol the other proxies', to: '/setup/tokens' },
};

/** By the source that the evidence names; whatever is not listed is read by the collector on the host itself. */
const causeOfSource: Readonly<Record<string, Cause>> = {
  'LUN map of the vCenters': map,
  'vCenter inventory': map,
  'backup product': product,
  'change records': changes,
  'CISA KEV': feeds,
  'imported feed': feeds,
  'lifecycle table of the policy': feeds,
  'report before': before,
  fleet: peers,
};

/** What stands behind "is not known: " says why the collector has no answer; who mends that depends on it alone. */
const reasons: readonly { ends: string; next: string; to?: NextStep['to'] }[] = [
  { ends: 'the host has never reported', next: 'Install the collector on the host', to: '/setup/tokens' },
  { ends: 'the last report is too old', next: 'Find out why the host has gone silent, and run its collector' },
  { ends: 'the collector was denied access', next: 'Run the collector as an administrator or root' },
  { ends: 'the collector failed', next: 'Look at the raw report for its error, and run the collector again' },
  { ends: 'the collector ran out of time', next: 'Run the collector again while the host is idle' },
  { ends: 'this system cannot tell', next: 'Look by hand: this operating system has no answer' },
  { ends: 'the collector did not ask', next: 'Install the newest collector on the host' },
  { ends: 'two hosts report under one identity', next: 'Enrol one of the two again', to: '/setup/tokens' },
  { ends: 'the list was cut', next: 'Look by hand: the host shows more than a report holds' },
  { ends: 'the age of the report cannot be proven', next: 'Set the clock of the host, and run its collector' },
];
const other: Cause = {
  because: 'the report of the host does not tell it',
  next: { text: 'Look at the raw report, and at the host by hand' },
};

/**
 * The questions that nobody could answer, by what keeps them from being answered; the gravest and largest group first.
 * `hasMap`: some LUN map was used to judge the host.
 */
export function unknownGroups(findings: readonly Finding[], hasMap: boolean): UnknownGroup[] {
  const groups = new Map<string, UnknownGroup>();
  for (const finding of findings) {
    if (finding.verdict !== 'unknown') continue;
    const told = causeOf(finding);
    const cause = told === map && !hasMap ? noMap : told;
    const group = groups.get(cause.because) ?? { ...cause, gravest: finding.severity, findings: [] };
    group.findings.push(finding);
    if (rank(finding.severity) < rank(group.gravest)) group.gravest = finding.severity;
    groups.set(cause.because, group);
  }
  return [...groups.values()].sort(
    (a, b) => rank(a.gravest) - rank(b.gravest) || b.findings.length - a.findings.length,
  );
}

const rank = (severity: Severity): number => severities.indexOf(severity);

const isUnanswered = ({ text, observedAt }: Evidence): boolean => observedAt === null || text.includes('not known');

function causeOf({ evidence }: Finding): Cause {
  const missing = evidence.find(isUnanswered) ?? evidence[0];
  if (missing === undefined) return other;
  // A host that is silent answers nothing, whoever would have been asked about it.
  const silence = reasons.slice(0, 2).find(({ ends }) => missing.text.toLowerCase().includes(ends));
  if (silence !== undefined) return ofReason(silence);
  const known = causeOfSource[missing.source];
  if (known !== undefined) return known;
  const reason = reasons.find(({ ends }) => missing.text.includes(ends));
  return reason === undefined ? other : ofReason(reason);
}

const ofReason = ({ ends, next, to }: (typeof reasons)[number]): Cause => ({
  because: ends,
  next: to === undefined ? { text: next } : { text: next, to },
});
