/** Names of what the query cache holds. The live feed writes to some of them, so they are not private to a query. */
export const welcomeKey = ['welcome'] as const;
export const fleetKey = ['fleet'] as const;
export const hostKey = (hostId?: string) => (hostId === undefined ? ['host'] : ['host', hostId]);
export const hostVmsKey = (hostId: string) => ['host', hostId, 'vms'];
export const hostRunbookKey = (hostId: string) => ['host', hostId, 'runbook'];
export const hostGateKey = (hostId: string, windowId: string, asks: string) => ['host', hostId, 'gate', windowId, asks];
export const whatIfKey = (hostId: string, switches: object) => ['host', hostId, 'what-if', switches];
export const hostFindingsKey = (hostId: string) => ['host', hostId, 'findings'];
export const findingsKey = ['findings'] as const;
export const windowsKey = ['windows'] as const;
export const policyKey = ['policy'] as const;
export const overridesKey = ['overrides'] as const;
export const gateKey = (windowId?: string, asks?: string) =>
  ['gate', windowId, asks].filter((part) => part !== undefined);
export const feedsKey = ['feeds'] as const;
export const trendKey = (weeks: string) => ['trend', weeks];
export const weeklyKey = ['weekly'] as const;
export const gapsKey = (vcenterId: string) => ['vcenter-gaps', vcenterId];
export const tokensKey = ['enroll-tokens'] as const;
