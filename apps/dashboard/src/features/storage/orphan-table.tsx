import type { HostSummary, StorageOrphans } from '@lunwarden/contract';
import { Link } from '@tanstack/react-router';
import { byHostId, sightsOf } from '../../data/storage.js';
import { LunState } from '../../ui/lun-state.js';
import { Empty } from '../../ui/page.js';
import { ScrollBox } from '../../ui/scroll-box.js';
import { sizeText } from '../../ui/size.js';

type Props = { orphans: StorageOrphans; live: ReadonlyMap<string, HostSummary> };

/** Disks that proxies see and nobody claims: each counts as VMFS with unknown contents until somebody knows. */
export function OrphanTable({ orphans, live }: Props) {
  const { luns, hosts, hostsLeftOut } = orphans;
  const told = byHostId(hosts);
  if (luns.length === 0)
    return (
      <Empty title="No orphan">
        Every disk on a shared bus that a proxy told of is known to a map, or shows another owner.
      </Empty>
    );
  return (
    <>
      <p className="dim prose">
        Disks that no map knows: {luns.length}. Each may be a datastore of a vCenter that is not connected, or the data
        of another team. Name its owner at the array, or unmask it from the proxy.
      </p>
      {hostsLeftOut > 0 && (
        <p className="bar sev-unknown hatch">{hostsLeftOut} more proxies see such disks and are not listed.</p>
      )}
      <ScrollBox label="Orphan LUNs, table">
        <table className="table">
          <caption className="visually-hidden">LUNs that proxies see and no map knows</caption>
          <thead>
            <tr>
              <th scope="col">LUN</th>
              <th scope="col" className="num">
                Size
              </th>
              <th scope="col">Proxies</th>
            </tr>
          </thead>
          <tbody>
            {luns.map((lun) => (
              <tr
                key={`${lun.keys[0] ?? ''} ${lun.sights[0]?.hostId} ${lun.sights[0]?.device}`}
                data-testid="orphan-row"
              >
                <th scope="row" className="mono">
                  {lun.keys.length === 0 ? 'no identifier that can be joined' : lun.keys.join(', ')}
                </th>
                <td className="num">{sizeText(lun.sizeBytes)}</td>
                <td>
                  {sightsOf(lun.sights, told, live).map(({ host, state }, at) => (
                    <div key={`${host.hostId} ${lun.sights[at]?.device}`} className="row tall">
                      <Link to="/hosts/$id" params={{ id: host.hostId }} search={{ tab: 'blast' }}>
                        {host.hostname}
                      </Link>
                      <span className="dim">{lun.sights[at]?.device}</span>
                      <LunState state={state} />
                    </div>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </>
  );
}
