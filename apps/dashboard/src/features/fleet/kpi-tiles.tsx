import type { FleetSnapshot, HostSummary, Level } from '@lunwarden/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { HostsSearch } from '../../data/hosts-search.js';
import { LevelIcon } from '../../ui/level-badge.js';
import { countLevels, datastoresAtRisk } from './fleet-figures.js';
import classes from './kpi-tiles.module.css';

type Tile = { name: string; value: ReactNode; note?: string; search: HostsSearch; level?: Level };

/** Every number is a link to exactly the hosts that it counts. */
export function KpiTiles(props: { hosts: readonly HostSummary[]; vmsAtRisk: FleetSnapshot['vmsAtRisk'] }) {
  const { hosts, vmsAtRisk } = props;
  const { critical, high, unknown } = countLevels(hosts);
  const reporting = hosts.filter((host) => host.state === 'reporting').length;
  const isWhole = hosts.every((host) => host.blastIsComplete);
  const unsafe = { level: 'critical,unknown,high' };
  const tiles: Tile[] = [
    { name: 'Critical', value: critical, search: { level: 'critical' }, level: 'critical' },
    { name: 'High', value: high, search: { level: 'high' }, level: 'high' },
    { name: 'Unknown', value: unknown, note: 'counted as unsafe', search: { level: 'unknown' }, level: 'unknown' },
    {
      name: 'VMs at risk',
      value: atLeast(vmsAtRisk.count, vmsAtRisk.isComplete),
      note: vmsAtRisk.isComplete ? undefined : 'a lower bound: not everything could be read',
      search: { ...unsafe, sort: '-vms' },
    },
    {
      name: 'Datastores at risk',
      value: atLeast(datastoresAtRisk(hosts), isWhole),
      note: isWhole ? undefined : 'a lower bound: not everything could be read',
      search: { ...unsafe, sort: '-vms' },
    },
    {
      name: 'Coverage',
      value: `${reporting}/${hosts.length}`,
      note: reporting === hosts.length ? 'all report' : `not reporting: ${hosts.length - reporting}`,
      search: reporting === hosts.length ? {} : { state: 'silent,stale,never-reported,identity-conflict' },
    },
  ];
  return (
    <ul className={classes.tiles}>
      {tiles.map((tile) => (
        <li key={tile.name}>
          <Link to="/hosts" search={tile.search} className={classes.tile} data-testid={`kpi-${tile.name}`}>
            <span className={classes.name}>
              {tile.level !== undefined && <LevelIcon level={tile.level} />}
              {tile.name}
            </span>
            <span className={classes.value}>{tile.value}</span>
            {tile.note !== undefined && <span className={classes.note}>{tile.note}</span>}
          </Link>
        </li>
      ))}
    </ul>
  );
}

const atLeast = (count: number, isComplete: boolean): string =>
  `${isComplete ? '' : '≥ '}${count.toLocaleString('en-GB')}`;
