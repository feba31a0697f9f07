import { type HostSummary, mapHoldsMs, type VcenterStatus } from '@lunwarden/contract';
import { Link } from '@tanstack/react-router';
import { use } from 'react';
import { absoluteText, agoText, NowContext } from '../../ui/instant.js';

type Props = { vcenters: readonly VcenterStatus[]; hosts: readonly HostSummary[] };

/** Why the list below may lack something: maps that are missing, old or brought as files, and proxies that tell no disks. */
export function MapBars({ vcenters, hosts }: Props) {
  const now = use(NowContext);
  const blind = hosts.filter(({ vmfsLuns, state }) => vmfsLuns === null || state === 'stale');
  const isOld = ({ mapCollectedAt }: VcenterStatus) =>
    mapCollectedAt !== null && now - Date.parse(mapCollectedAt) >= mapHoldsMs;
  return (
    <>
      {vcenters
        .filter((vcenter) => vcenter.mapCollectedAt === null)
        .map(({ id, name }) => (
          <p key={id} className="bar sev-unknown hatch">
            {name} has no complete map: its datastores are missing here, and its LUNs are among the orphans.
          </p>
        ))}
      {vcenters.filter(isOld).map((vcenter) => (
        <p key={vcenter.id} className="bar sev-unknown hatch" data-testid="old-map">
          The map of {vcenter.name} is of {agoText(Date.parse(vcenter.mapCollectedAt ?? ''), now)}: last known, and no
          proof of what is there today.{importText(vcenter)}
        </p>
      ))}
      {vcenters
        .filter((vcenter) => vcenter.imported && !isOld(vcenter))
        .map((vcenter) => (
          <p key={vcenter.id} className="bar">
            The map of {vcenter.name} came as a file.{importText(vcenter)}
          </p>
        ))}
      {blind.length > 0 && (
        <p className="bar sev-unknown hatch">
          {blind.length === 1
            ? '1 proxy has not told which disks it sees'
            : `${blind.length} proxies have not told which disks they see`}
          , or not lately: more proxies may see a datastore than are listed. <Link to="/hosts">See the hosts</Link>
        </p>
      )}
    </>
  );
}

const importText = ({ imported }: VcenterStatus): string =>
  imported
    ? ` Imported by ${imported.by} on ${absoluteText(imported.at)}${imported.file ? ` from ${imported.file}` : ''}.`
    : '';
