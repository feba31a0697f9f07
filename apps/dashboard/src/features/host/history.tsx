import type { HostDetail } from '@lunwarden/contract';
import { Ago } from '../../ui/instant.js';
import { LevelBadge } from '../../ui/level-badge.js';
import { Empty } from '../../ui/page.js';
import { ScrollBox } from '../../ui/scroll-box.js';

export function History({ history }: Pick<HostDetail, 'history'>) {
  if (history.length === 0) return <Empty title="No change has been recorded yet" />;
  return (
    <ScrollBox label="Changes, table">
      <table className="table" aria-label="Changes of the score">
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Became</th>
            <th scope="col">Reason</th>
          </tr>
        </thead>
        <tbody>
          {history.map((step) => (
            <tr key={step.at}>
              <td>
                <Ago at={step.at} />
              </td>
              <td>
                <LevelBadge level={step.level} score={step.score} />
              </td>
              <td>{step.reason ?? <span className="dim">no finding</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
