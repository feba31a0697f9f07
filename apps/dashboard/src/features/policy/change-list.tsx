import type { SiteConstantChange } from '@lunwarden/contract';
import { Ago } from '../../ui/instant.js';
import { ScrollBox } from '../../ui/scroll-box.js';
import { valueText } from './constant-words.js';

/** Who set what and why, the newest first. */
export function ChangeList({ changes }: { changes: readonly SiteConstantChange[] }) {
  if (changes.length === 0) return <p className="dim">Nobody has set a constant: this site judges by ours.</p>;
  return (
    <ScrollBox label="Changes of the policy, table">
      <table className="table" aria-labelledby="policy-changes">
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Who</th>
            <th scope="col">Constant</th>
            <th scope="col">Before and after</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ at, by, path, before, after, reason }) => (
            <tr key={`${at} ${path}`} data-testid="policy-change">
              <td className="nowrap">
                <Ago at={at} />
              </td>
              <td>{by}</td>
              <td className="mono">{path}</td>
              <td className="nowrap">
                {valueText(path, before)} → {after === null ? 'put back' : valueText(path, after)}
              </td>
              <td className="sentence">{reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
