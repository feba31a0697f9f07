import { type HostDetail, modeLabels, type SeenLun, type VmsInReach } from '@lunwarden/contract';
import { Link } from '@tanstack/react-router';
import { Doubts } from '../../ui/doubts.js';
import { Ago } from '../../ui/instant.js';
import { isHeard } from '../../ui/lun-state.js';
import { plural } from '../../ui/plural.js';
import { ScrollBox } from '../../ui/scroll-box.js';
import { LunTable } from './lun-table.js';

type Props = { detail: HostDetail; vms: VmsInReach | undefined; isExpired: boolean };

/** What a careless write on this host could reach. */
export function BlastRadius({ detail, vms, isExpired }: Props) {
  const { exposure, mode } = detail.assessment;
  const isOld = isExpired || !isHeard(detail.summary);
  const bound = exposure.isComplete ? '' : 'at least ';
  return (
    <section className="stack wide" aria-label="Blast radius">
      <p className={exposure.isComplete ? '' : 'bar sev-unknown hatch'} data-testid="blast-sum">
        <strong>
          {exposure.vmfsLuns === null
            ? 'An unknown number of VMFS LUNs'
            : `${exposure.isComplete ? '' : 'At least '}${plural(exposure.vmfsLuns, 'VMFS LUN')}`}
          , {bound}
          {plural(exposure.datastores.length, 'datastore')}, {bound}
          {plural(exposure.vms, 'VM')}
        </strong>{' '}
        within reach by {modeLabels[mode.effective]}; oldest map used: <Ago at={exposure.mapCollectedAt} never="none" />
        .
        {exposure.unmappedLuns > 0 &&
          ` LUNs in no complete map: ${exposure.unmappedLuns}. They count as VMFS with unknown contents.`}
        {!exposure.isComplete && ' Not all that decides it could be read: see Why.'}
      </p>
      {exposure.gaps !== undefined && exposure.gaps.length > 0 && (
        <ul className="bar sev-unknown" aria-label="What the maps lack" data-testid="map-gaps">
          {exposure.gaps.map((gap) => (
            <li key={gap}>{gap}</li>
          ))}
        </ul>
      )}
      <Luns luns={detail.luns} seenAt={isOld ? detail.summary.observedAt : null} isOld={isOld} />
      <Datastores exposure={exposure} />
      <Vms vms={vms} />
    </section>
  );
}

function Luns({ luns, isOld, seenAt }: { luns: readonly SeenLun[] | null; isOld: boolean; seenAt: string | null }) {
  return (
    <div className="card stack">
      <h2 id="luns-title">{isOld ? 'Disks once in sight' : 'Disks in sight'}</h2>
      {isOld && (
        <p className="bar sev-unknown hatch">
          So they were when the host was last known (<Ago at={seenAt} />
          ). What it sees now, and in which state, is unknown.
        </p>
      )}
      {luns === null ? (
        <p className="bar sev-unknown hatch">The disk list is unknown. Nothing says that this host sees no VMFS LUN.</p>
      ) : (
        <LunTable luns={luns} isOld={isOld} labelledBy="luns-title" />
      )}
    </div>
  );
}

function Datastores({ exposure }: { exposure: HostDetail['assessment']['exposure'] }) {
  return (
    <div className="card stack">
      <h2 id="datastores-title">Datastores within reach</h2>
      {exposure.datastores.length === 0 ? (
        <p className="dim">{exposure.isComplete ? 'None.' : 'None known; a map is missing.'}</p>
      ) : (
        <ScrollBox label="Datastores, table">
          <table className="table" aria-labelledby="datastores-title">
            <thead>
              <tr>
                <th scope="col">Datastore</th>
                <th scope="col">vCenter</th>
                <th scope="col" className="num">
                  VMs
                </th>
                <th scope="col">Who else</th>
              </tr>
            </thead>
            <tbody>
              {exposure.datastores.map((datastore) => (
                <tr key={datastore.id}>
                  <th scope="row">
                    {datastore.name}
                    <Doubts datastore={datastore} />
                  </th>
                  <td>{datastore.vcenter}</td>
                  <td className="num">{datastore.vms}</td>
                  <td>
                    <Link to="/hosts" search={{ ds: datastore.id }}>
                      All hosts that reach it<span className="visually-hidden">: {datastore.name}</span>
                    </Link>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </div>
  );
}

function Vms({ vms }: { vms: VmsInReach | undefined }) {
  if (vms === undefined) return null;
  return (
    <details className="card">
      <summary>
        {vms.isComplete ? '' : 'At least '}
        {plural(vms.total, 'VM')} by name
      </summary>
      <ul>
        {vms.vms.map((vm) => (
          <li key={`${vm.vcenter} ${vm.name} ${vm.datastores.join()}`}>
            {vm.name}{' '}
            <span className="dim">
              {vm.vcenter} · {vm.datastores.join(', ')}
            </span>
          </li>
        ))}
      </ul>
      {vms.vms.length < vms.total && (
        <p className="dim">
          The first {vms.vms.length} of {vms.total}.
        </p>
      )}
    </details>
  );
}
