import type { Level, SeenLun } from '@lunwarden/contract';
import { Link } from '@tanstack/react-router';
import { LevelIcon } from '../../ui/level-badge.js';
import { ScrollBox } from '../../ui/scroll-box.js';
import { sizeText } from '../../ui/size.js';

const stateWords: Record<SeenLun['state'], { word: string; level: Level }> = {
  'online-writable': { word: 'Online, writable', level: 'critical' },
  'offline-writable': { word: 'Offline, writable once online', level: 'medium' },
  'online-read-only': { word: 'Online, read-only', level: 'medium' },
  'offline-read-only': { word: 'Offline, read-only', level: 'low' },
  'array-read-only': { word: 'Read-only from the array', level: 'minimal' },
  unknown: { word: 'Unknown', level: 'unknown' },
};
const vmfsWords: Record<SeenLun['isVmfs'], string> = { yes: 'VMFS', no: 'not VMFS', unknown: 'may be VMFS' };

/** A host's own system disk is online and writable too: colour warns only where production data may lie. */
const stateLevel = (lun: SeenLun): Level => (lun.isVmfs === 'no' ? 'minimal' : stateWords[lun.state].level);

export function LunTable({ luns, labelledBy }: { luns: readonly SeenLun[]; labelledBy: string }) {
  if (luns.length === 0) return <p className="dim">The host sees no disk.</p>;
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
                <span className="row">
                  <LevelIcon level={stateLevel(lun)} />
                  {stateWords[lun.state].word}
                </span>
                {lun.mounts.length > 0 && <span className="mono">{lun.mounts.join(', ')}</span>}
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
                    {datastore.name} ({datastore.vms} VMs)
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
