import type { VcenterStatus } from '@lunwarden/contract';
import { Link } from '@tanstack/react-router';
import { Ago } from '../../ui/instant.js';
import { VcenterState } from '../../ui/vcenter-state.js';

/** Whether the maps behind the numbers can be trusted. */
export function CoverageStrip({ vcenters }: { vcenters: readonly VcenterStatus[] }) {
  return (
    <section className="card stack" aria-labelledby="coverage-title">
      <div className="row spread">
        <h2 id="coverage-title">vCenter maps</h2>
        <Link to="/setup/vcenters">Manage</Link>
      </div>
      {vcenters.length === 0 ? (
        <p className="dim">None yet: every LUN on a shared bus counts as VMFS with unknown contents.</p>
      ) : (
        <ul className="stack">
          {vcenters.map((vcenter) => (
            <li key={vcenter.id}>
              <span className="row">
                <strong>{vcenter.name}</strong>
                <VcenterState vcenter={vcenter} />
                <span className="dim">
                  complete map <Ago at={vcenter.mapCollectedAt} />
                  {vcenter.gaps > 0 && `, ${vcenter.gaps} gaps in the last attempt`}, {vcenter.vms} VMs
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
