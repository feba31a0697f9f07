import type { HostSummary } from '@lunwarden/contract';
import { plural } from '../../ui/plural.js';

export type Warning = { level: 'critical' | 'unknown'; text: string };

/**
 * What must be read before anything else on the page. The SAN policy speaks about disks that Windows has not met yet:
 * a LUN that is online already stays online under any policy (Microsoft, VDS_SAN_POLICY).
 */
export function warningsOf(host: HostSummary, isExpired: boolean): Warning[] {
  const warnings: Warning[] = [];
  const isPolicySafe = host.sanPolicy === 'OfflineShared' || host.sanPolicy === 'OfflineAll';
  const online = host.writableLuns ?? 0;
  if (isPolicySafe && online > 0) {
    const are = online === 1 ? 'is' : 'are';
    warnings.push({
      level: 'critical',
      text: `Policy says ${host.sanPolicy}, but ${plural(online, 'VMFS LUN')} ${are} online and writable. Do not patch or reboot ${host.hostname} before they are offline.`,
    });
  }
  if (isExpired) {
    warnings.push({
      level: 'unknown',
      text: 'The facts are too old: nothing on this page may be read as safe until a new report arrives.',
    });
  }
  const text = stateTexts[host.state];
  if (text !== null) warnings.push({ level: 'unknown', text });
  if (host.writableLuns === null) {
    warnings.push({
      level: 'unknown',
      text: 'The disk list could not be read: count this host as seeing writable VMFS LUNs.',
    });
  }
  return warnings;
}

const stateTexts: Record<HostSummary['state'], string | null> = {
  reporting: null,
  silent: 'The host has gone silent. Its last facts still hold for a while, then it becomes unknown.',
  stale: 'The host is stale: no recent report. Count it as unsafe.',
  'never-reported': 'This host never reported. Install the collector with the command under Enrolment.',
  'identity-conflict':
    'Two machines speak with the key of this host. Nothing that they say counts as good until one is re-enrolled.',
};
