import type { StorageDatastoreDetail } from '@lunwarden/contract';

/** By name; native disclosure keeps thousands out of the way. */
export function VmList({ vms, total }: { vms: StorageDatastoreDetail['vms']; total: number }) {
  if (total === 0) return <p className="dim">No VM lies here.</p>;
  return (
    <details>
      <summary>
        {total} VMs{vms.length < total ? `, the first ${vms.length} of them` : ''}
      </summary>
      <ul className="plain">
        {vms.map(({ name, vcenter }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two VMs of one vCenter may have one name
          <li key={`${vcenter} ${name} ${at}`}>{name}</li>
        ))}
      </ul>
    </details>
  );
}
