import type { FindingGroup, HostSummary, Level, Severity } from '@lunwarden/contract';
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Fragment, type ReactNode, useMemo, useState } from 'react';
import { LevelIcon } from '../../ui/level-badge.js';
import { ScrollBox } from '../../ui/scroll-box.js';
import { stateWords } from './work-words.js';

const levelOf: Record<Severity, Level> = {
  critical: 'critical',
  high: 'high',
  medium: 'medium',
  low: 'low',
  info: 'low',
};

type Props = {
  groups: readonly FindingGroup[];
  hosts: readonly HostSummary[];
  /** The work on one finding of one host, asked for when it is unfolded. */
  workOf: (hostId: string, rule: string) => ReactNode;
};

/** What to fix, one row a rule; its hosts unfold under it. */
export function FindingGroups({ groups, hosts, workOf }: Props) {
  const vms = useMemo(() => new Map(hosts.map((host) => [host.hostId, host.vms])), [hosts]);
  return (
    <ScrollBox label="Findings by rule, table" className="card table-scroll">
      <table className="table">
        <caption className="visually-hidden">Findings by rule</caption>
        <thead>
          <tr>
            <th scope="col">Severity</th>
            <th scope="col">Finding</th>
            <th scope="col" className="num">
              Hosts
            </th>
            <th scope="col" className="num">
              VMs in reach, at least
            </th>
            <th scope="col">State</th>
            <th scope="col">More</th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <Group key={group.rule} group={group} vms={vms} workOf={workOf} />
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

function Group({
  group,
  vms,
  workOf,
}: { group: FindingGroup; vms: ReadonlyMap<string, number> } & Pick<Props, 'workOf'>) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Fragment>
      <tr data-testid="finding-group">
        <td className="nowrap">
          <LevelIcon level={levelOf[group.severity]} /> {group.severity}
        </td>
        <th scope="row">
          {group.title} <span className="dim">{group.code}</span>
        </th>
        <td className="num">{group.total}</td>
        <td className="num">{atLeastVms(group, vms)}</td>
        <td>{statesText(group.states)}</td>
        <td>
          <Button
            size="compact-sm"
            variant="default"
            aria-expanded={isOpen}
            aria-label={`${isOpen ? 'Hide' : 'Show'} the hosts of ${group.code}`}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? 'Hide' : 'Hosts'}
          </Button>
        </td>
      </tr>
      {isOpen && (
        <tr>
          <td colSpan={6}>
            <ul className="plain stack">
              {group.hosts.map((host) => (
                <GroupHost key={host.hostId} host={host} rule={group.rule} workOf={workOf} />
              ))}
            </ul>
            {group.hosts.length < group.total && (
              <p className="dim">
                The gravest {group.hosts.length} of {group.total}.
              </p>
            )}
          </td>
        </tr>
      )}
    </Fragment>
  );
}

type HostProps = { host: FindingGroup['hosts'][number]; rule: string } & Pick<Props, 'workOf'>;

function GroupHost({ host, rule, workOf }: HostProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <li className="stack">
      <div className="row tall">
        <Link to="/hosts/$id" params={{ id: host.hostId }}>
          {host.hostname}
        </Link>
        <span className="dim">
          {host.severity} · {stateWords[host.state]}
        </span>
        <Button
          size="compact-xs"
          variant="default"
          aria-expanded={isOpen}
          aria-label={`${isOpen ? 'Hide' : 'Show'} the work on ${host.hostname}`}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? 'Hide' : 'Work'}
        </Button>
      </div>
      {isOpen && workOf(host.hostId, rule)}
    </li>
  );
}

/** VMs may be in reach of several hosts, so they cannot be added up: together it is no fewer than behind one of them. */
export const atLeastVms = ({ hosts }: FindingGroup, vms: ReadonlyMap<string, number>): number =>
  Math.max(0, ...hosts.map(({ hostId }) => vms.get(hostId) ?? 0));

/** `3 open, 1 risk accepted` */
export const statesText = (states: FindingGroup['states']): string =>
  (['open', 'acknowledged', 'in-progress', 'accepted'] as const)
    .filter((state) => states[state] > 0)
    .map((state) => `${states[state]} ${stateWords[state].toLowerCase()}`)
    .join(', ');
