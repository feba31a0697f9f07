import type { StorageDatastore } from '@lunwarden/contract';
import { Ago } from '../../ui/instant.js';
import { sizeText } from '../../ui/size.js';

export function DatastoreFacts({ datastore }: { datastore: StorageDatastore }) {
  const { type, vcenters, capacityBytes, vms, accessible, vmfsUuid, mapCollectedAt } = datastore;
  return (
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
  );
}
