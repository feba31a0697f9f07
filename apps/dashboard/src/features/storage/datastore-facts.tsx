import type { StorageDatastore } from '@lunwarden/contract';
import { Ago } from '../../ui/instant.js';
import { sizeText } from '../../ui/size.js';

export function DatastoreFacts({ datastore }: { datastore: StorageDatastore }) {
  const { type, vcenters, capacityBytes, vms, accessible, vmfsUuid, mapCollectedAt, luns } = datastore;
  return (
    <>
      <p className="dim">
        {type} in {vcenters.join(' and ')} · {capacityBytes === null ? 'size unknown' : sizeText(capacityBytes)} · {vms}{' '}
        VMs · {accessible ? 'accessible' : 'not accessible to any ESXi host'} · map <Ago at={mapCollectedAt} />
        {vmfsUuid !== null && (
          <>
            {' '}
            · VMFS <span className="mono">{vmfsUuid}</span>
          </>
        )}
      </p>
      {luns.length > 0 && (
        <ul className="stack plain" aria-label="LUNs">
          {luns.map(({ diskName, keys }) => (
            <li key={diskName} className="mono">
              {diskName}
              {keys.length === 0 && (
                <span className="dim"> (a name of one host only: no proxy can be joined with it)</span>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
