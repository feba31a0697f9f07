import { type HostSummary, modeLabels } from '@lunwarden/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { SortKey } from '../../data/hosts-order.js';
import { Ago } from '../../ui/instant.js';
import { LevelBadge } from '../../ui/level-badge.js';
import { NotApplicable } from '../../ui/not-applicable.js';
import { lunsText, stateWords, vmsText } from './words.js';

export type Column = {
  key: SortKey | 'reason';
  label: string;
  /** CSS width of its track. */
  width: string;
  isNumber?: boolean;
  cell: (host: HostSummary) => ReactNode;
};

const guardCell = (value: HostSummary['automount'] | HostSummary['sanPolicy']) =>
  value === 'not-applicable' ? <NotApplicable /> : value;

export const columns: readonly Column[] = [
  {
    key: 'hostname',
    label: 'Host',
    width: '168px',
    cell: (host) => (
      <Link to="/hosts/$id" params={{ id: host.hostId }} data-row-link>
        {host.hostname}
      </Link>
    ),
  },
  { key: 'level', label: 'Risk', width: '116px', cell: (host) => <LevelBadge level={host.level} score={host.score} /> },
  { key: 'mode', label: 'Mode', width: '178px', cell: (host) => `${modeLabels[host.mode]} (${host.modeEvidence})` },
  { key: 'automount', label: 'Automount', width: '96px', cell: (host) => guardCell(host.automount) },
  { key: 'san', label: 'SAN policy', width: '112px', cell: (host) => guardCell(host.sanPolicy) },
  { key: 'luns', label: 'VMFS LUNs', width: '120px', cell: lunsText },
  {
    key: 'vms',
    label: 'VMs in reach',
    width: '104px',
    isNumber: true,
    cell: vmsText,
  },
  { key: 'patch', label: 'Patch exposure', width: '118px', cell: (host) => host.patch },
  {
    key: 'reason',
    label: 'Why',
    width: '320px',
    cell: (host) => host.topReason ?? <span className="dim">no finding</span>,
  },
  { key: 'os', label: 'OS', width: '210px', cell: (host) => host.os },
  {
    key: 'report',
    label: 'Last report',
    width: '150px',
    cell: (host) => (
      <>
        {host.state !== 'reporting' && `${stateWords[host.state]}, `}
        <Ago at={host.lastReportAt} />
      </>
    ),
  },
];
