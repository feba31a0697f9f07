import { type HostSummary, modeLabels } from '@lunwarden/contract';
import { Link } from '@tanstack/react-router';
import { LevelBadge } from '../../ui/level-badge.js';
import { ScrollBox } from '../../ui/scroll-box.js';

/** `hosts` stand worst first. */
export function WorstHosts({ hosts }: { hosts: readonly HostSummary[] }) {
  return (
    <section className="card stack" aria-labelledby="worst-title">
      <h2 id="worst-title">Worst hosts</h2>
      <ScrollBox label="Worst hosts, table">
        <table className="table" aria-labelledby="worst-title">
          <thead>
            <tr>
              <th scope="col">Level</th>
              <th scope="col">Host</th>
              <th scope="col">Mode</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {hosts.slice(0, 10).map((host) => (
              <tr key={host.hostId}>
                <td>
                  <LevelBadge level={host.level} score={host.score} />
                </td>
                <td className="nowrap">
                  <Link to="/hosts/$id" params={{ id: host.hostId }}>
                    {host.hostname}
                  </Link>
                </td>
                <td className="nowrap">{modeLabels[host.mode]}</td>
                <td className="sentence">{host.topReason ?? <span className="dim">no finding</span>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </section>
  );
}
