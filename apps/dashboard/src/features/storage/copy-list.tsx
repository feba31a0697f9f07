import type { VolumeCopy } from '@lunwarden/contract';
import { Link } from '@tanstack/react-router';
import { Empty } from '../../ui/page.js';

/** Volumes of which there is more than one: whoever writes to the wrong one notices late. */
export function CopyList({ copies }: { copies: readonly VolumeCopy[] }) {
  if (copies.length === 0)
    return <Empty title="No copy">No VMFS volume lies on more than one set of LUNs, as far as the maps tell.</Empty>;
  return (
    <>
      <p className="dim prose">
        The same VMFS UUID on LUNs that are not the same: a snapshot or replica of the array beside its original.
      </p>
      {copies.map(({ vmfsUuid, volumes }) => (
        <section key={vmfsUuid} className="card stack" aria-label={`Copies of ${vmfsUuid}`} data-testid="copy">
          <h2 className="mono">{vmfsUuid}</h2>
          <ul className="stack plain">
            {volumes.map(({ id, name, vcenter, diskNames }) => (
              <li key={`${vcenter} ${id}`} className="tall">
                <Link to="/storage/datastores/$id" params={{ id }}>
                  {name}
                </Link>{' '}
                in {vcenter} on <span className="mono">{diskNames.join(', ')}</span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
