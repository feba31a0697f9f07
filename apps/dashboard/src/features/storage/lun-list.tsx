import type { StorageDatastoreDetail } from '@lunwarden/contract';
import { LevelIcon } from '../../ui/level-badge.js';
import { ScrollBox } from '../../ui/scroll-box.js';

type Props = Pick<StorageDatastoreDetail, 'datastore' | 'hardware' | 'idlePaths'>;

/** The LUNs beneath a datastore, what they are, and the paths of ESXi hosts to them that carry nothing. */
export function LunList({ datastore: { luns }, hardware, idlePaths }: Props) {
  if (luns.length === 0) return null;
  return (
    <section className="stack">
      <h2 id="luns">LUNs beneath it</h2>
      <ul className="stack plain" aria-labelledby="luns">
        {luns.map(({ diskName, keys }) => (
          <li key={diskName} data-testid="lun">
            <span className="mono">{diskName}</span>{' '}
            <Hardware known={hardware.find((one) => one.diskName === diskName)} />
            {keys.length === 0 && (
              <span className="dim"> (a name of one host only: no proxy can be joined with it)</span>
            )}
          </li>
        ))}
      </ul>
      {idlePaths.length > 0 && <IdlePaths paths={idlePaths} />}
    </section>
  );
}

function Hardware({ known }: { known: Props['hardware'][number] | undefined }) {
  if (known === undefined) return null;
  const { vendor, model, subsystemNqn } = known;
  return (
    <span className="dim">
      {vendor} {model}
      {subsystemNqn !== null && `, NVMe subsystem ${subsystemNqn}`}
    </span>
  );
}

const stateWords: Record<Props['idlePaths'][number]['state'], string> = {
  dead: 'dead',
  disabled: 'disabled',
  unknown: 'in a state nobody knows',
};

function IdlePaths({ paths }: { paths: Props['idlePaths'] }) {
  const dead = paths.filter(({ state }) => state === 'dead').length;
  return (
    <details className={`bar ${dead > 0 ? 'sev-high' : ''}`} data-testid="idle-paths">
      <summary>
        {dead > 0 && (
          <>
            <LevelIcon level="high" />{' '}
          </>
        )}
        {paths.length} paths of ESXi hosts carry nothing{dead > 0 && `, ${dead} of them dead`}
      </summary>
      <ScrollBox label="Paths that carry nothing, table">
        <table className="table">
          <caption className="visually-hidden">Paths that carry nothing</caption>
          <thead>
            <tr>
              <th scope="col">ESXi host</th>
              <th scope="col">vCenter</th>
              <th scope="col">Path</th>
              <th scope="col">State</th>
              <th scope="col">LUN</th>
            </tr>
          </thead>
          <tbody>
            {paths.map(({ host, vcenter, name, state, diskName }) => (
              <tr key={`${vcenter} ${host} ${name}`}>
                <th scope="row">{host}</th>
                <td>{vcenter}</td>
                <td className="mono">{name}</td>
                <td>{stateWords[state]}</td>
                <td className="mono">{diskName}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </details>
  );
}
