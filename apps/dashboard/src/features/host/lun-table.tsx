import type { SeenLun } from '@lunwarden/contract';
import { Link } from '@tanstack/react-router';
import { Doubts } from '../../ui/doubts.js';
import { LunState } from '../../ui/lun-state.js';
import { plural } from '../../ui/plural.js';
import { ScrollBox } from '../../ui/scroll-box.js';
import { sizeText } from '../../ui/size.js';

const vmfsWords: Record<SeenLun['isVmfs'], string> = { yes: 'VMFS', no: 'not VMFS', unknown: 'may be VMFS' };

type Props = { luns: readonly SeenLun[]; isOld: boolean; labelledBy: string };

export function LunTable({ luns, isOld, labelledBy }: Props) {
  if (luns.length === 0) return <p className="dim">{isOld ? 'The host saw no disk.' : 'The host sees no disk.'}</p>;
  return (
    <ScrollBox label="Disks, table">
      <table className="table" aria-labelledby={labelledBy}>
        <thead>
          <tr>
            <th scope="col">Disk</th>
            <th scope="col">State</th>
            <th scope="col">Contents</th>
            <th scope="col">LUN</th>
            <th scope="col" className="num">
              Size
            </th>
            <th scope="col">Datastores and VMs</th>
            <th scope="col">Other hosts</th>
          </tr>
        </thead>
        <tbody>
          {luns.map((lun) => (
            <tr key={lun.device} data-testid="lun-row">
              <th scope="row">{lun.device}</th>
              <td>
                <LunState state={lun.state} isHarmless={lun.isVmfs === 'no'} isOld={isOld} />
                {lun.mounts.length > 0 && <div className="mono">{lun.mounts.join(', ')}</div>}
              </td>
              <td>{vmfsWords[lun.isVmfs]}</td>
              <td className="mono">{lun.keys[0] ?? 'no identifier that can be joined'}</td>
              <td className="num">{sizeText(lun.sizeBytes)}</td>
              <td>
                {lun.datastores.length === 0 && (
                  <span className="dim">{lun.isVmfs === 'no' ? 'none' : 'not known'}</span>
                )}
                {lun.datastores.map((datastore) => (
                  <div key={datastore.id}>
                    {datastore.name} ({plural(datastore.vms, 'VM')})
                    <Doubts datastore={datastore} />
                  </div>
                ))}
              </td>
              <td>
                {lun.otherHosts.map((other) => (
                  <div key={other.hostId} className="tall">
                    <Link to="/hosts/$id" params={{ id: other.hostId }}>
                      {other.hostname}
                    </Link>
                  </div>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
