import { Link } from '@tanstack/react-router';
import type { Sight } from '../../data/storage.js';
import { Until } from '../../ui/instant.js';
import { LevelBadge } from '../../ui/level-badge.js';
import { isHeard, LunState } from '../../ui/lun-state.js';
import { ScrollBox } from '../../ui/scroll-box.js';

const stateWords: Record<Sight['host']['state'], string> = {
  reporting: 'reporting',
  silent: 'silent',
  stale: 'stale: what it showed proves nothing any more',
  'never-reported': 'never reported',
  'identity-conflict': 'two hosts report under one identity',
};

/** The reverse of a blast radius: who could write here. */
export function SightTable({ sights, labelledBy }: { sights: readonly Sight[]; labelledBy: string }) {
  return (
    <ScrollBox label="Proxies, table">
      <table className="table" aria-labelledby={labelledBy}>
        <thead>
          <tr>
            <th scope="col">Proxy</th>
            <th scope="col">Its LUN state here</th>
            <th scope="col">Risk</th>
            <th scope="col">Reports</th>
            <th scope="col">Verdict holds</th>
          </tr>
        </thead>
        <tbody>
          {sights.map(({ host, state }) => (
            <tr key={host.hostId} data-testid="sight-row" className={state === 'unknown' ? 'hatch' : undefined}>
              <th scope="row" className="tall nowrap">
                <Link to="/hosts/$id" params={{ id: host.hostId }} search={{ tab: 'blast' }}>
                  {host.hostname}
                </Link>
              </th>
              <td>
                <LunState state={state} isOld={!isHeard(host)} />
              </td>
              <td>
                <LevelBadge level={host.level} />
              </td>
              <td>{stateWords[host.state]}</td>
              <td>
                <Until at={host.validUntil} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
