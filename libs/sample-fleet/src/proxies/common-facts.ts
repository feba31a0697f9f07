import type { Known, PendingUpdate, TransportFact, UnknownReason, WindowsFacts } from '@lunwarden/contract';
import { hasFlaw, modeOf, type SampleHost } from './sample-host.js';

type CommonFacts = Pick<
  WindowsFacts,
  | 'hostname'
  | 'machine'
  | 'roles'
  | 'transport'
  | 'pendingUpdates'
  | 'lastUpdateSuccessAt'
  | 'pendingReboot'
  | 'elevated'
  | 'backupProduct'
>;

const unknown = (reason: UnknownReason, detail: string) => ({ unknown: reason, detail });
export const denied = (detail: string) => unknown('denied', detail);

/** What both platforms report. */
export function commonFacts(host: SampleHost, updates: PendingUpdate[]): CommonFacts {
  const { isVirtual, vendor, model, biosUuid } = host.machine;
  const scanFailed = hasFlaw(host, 'patch-scan-failed') || hasFlaw(host, 'not-elevated');
  return {
    hostname: host.hostname,
    machine: { value: { isVirtual, vendor, model, biosUuid } },
    roles: { value: [...host.roles] },
    transport: transportOf(host),
    pendingUpdates: scanFailed ? unknown('error', 'The update scan failed with 0x8024402c') : { value: updates },
    lastUpdateSuccessAt: { value: host.patchedAt },
    pendingReboot: hasFlaw(host, 'not-elevated')
      ? denied('The collector runs without administrator rights')
      : { value: hasFlaw(host, 'needs-reboot') ? ['CBS RebootPending'] : [] },
    elevated: !hasFlaw(host, 'not-elevated'),
    ...(host.product === undefined ? {} : { backupProduct: { value: host.product } }),
  };
}

function transportOf(host: SampleHost): Known<TransportFact> {
  if (hasFlaw(host, 'mode-unknown')) {
    return unknown('not_collected', 'No backup server told how this proxy reads');
  }
  const mode = modeOf(host);
  const isAutomatic = host.mode === mode && host.seed % 4 === 0;
  return {
    value: {
      configured: isAutomatic ? 'auto' : mode,
      ...(mode === 'direct-san' ? { directKind: 'san' as const } : {}),
      allowFallback: true,
      observed: [{ mode, tasks: 8 + (host.seed % 40), lastSeenAt: host.lastTaskAt }],
      product: 'Veeam Backup & Replication 12.3.2',
      source: 'product',
    },
  };
}
