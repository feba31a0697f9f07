import type { VcenterGaps } from '@lunwarden/contract';
import { useQuery } from '@tanstack/react-query';
import { gapsQuery } from '../../data/queries.js';
import { Loaded } from '../../ui/page.js';
import { ScrollBox } from '../../ui/scroll-box.js';

/** What the last attempt could not read, in vSphere's words. */
export function Gaps({ vcenterId }: { vcenterId: string }) {
  return (
    <Loaded query={useQuery(gapsQuery(vcenterId))} label="Loading the gaps" lines={3}>
      {(found) => <GapTable {...found} />}
    </Loaded>
  );
}

export function GapTable({ gaps, total }: VcenterGaps) {
  return (
    <ScrollBox label="Gaps, table">
      <table className="table">
        <caption>
          {gaps.length} of {total} gaps
        </caption>
        <thead>
          <tr>
            <th scope="col">Object</th>
            <th scope="col">Property</th>
            <th scope="col">Reason</th>
          </tr>
        </thead>
        <tbody>
          {gaps.map((gap) => (
            <tr key={`${gap.object} ${gap.path} ${gap.reason}`}>
              <td className="mono">{gap.object}</td>
              <td className="mono">{gap.path}</td>
              <td>{gap.reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
