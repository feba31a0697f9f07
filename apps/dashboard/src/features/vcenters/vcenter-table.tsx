import {
  type MapLosses,
  mapCountTexts,
  mapHoldsMs,
  mapKindLabels,
  mapKinds,
  type VcenterStatus,
} from '@lunwarden/contract';
import { Button } from '@mantine/core';
import { use, useState } from 'react';
import { useVcenterActions } from '../../data/actions.js';
import { Confirm } from '../../ui/confirm.js';
import { Ago, absoluteText, NowContext, Until } from '../../ui/instant.js';
import { VcenterState } from '../../ui/vcenter-state.js';
import { Gaps } from './gaps.js';

type Props = { vcenters: readonly VcenterStatus[]; mayWrite: boolean };
type Card = { vcenter: VcenterStatus; mayWrite: boolean };

export function VcenterTable({ vcenters, mayWrite }: Props) {
  return (
    <div className="stack wide">
      {vcenters.map((vcenter) => (
        <VcenterCard key={vcenter.id} vcenter={vcenter} mayWrite={mayWrite} />
      ))}
    </div>
  );
}

function VcenterCard({ vcenter, mayWrite }: Card) {
  const [showsGaps, setShowsGaps] = useState(false);
  return (
    <article className="card stack" aria-label={vcenter.name} data-testid="vcenter">
      <div className="row spread">
        <h2>{vcenter.name}</h2>
        <VcenterState vcenter={vcenter} />
      </div>
      <p className="dim">
        {isFromFiles(vcenter) ? 'Known by files alone' : vcenter.url} · complete map <Ago at={vcenter.mapCollectedAt} />{' '}
        · last attempt <Ago at={vcenter.lastAttemptAt} /> · {vcenter.datastores} datastores, {vcenter.hosts} hosts,{' '}
        {vcenter.vms} VMs
      </p>
      <ImportedMark vcenter={vcenter} />
      {vcenter.lastError !== null && (
        <p className="bar sev-high">
          {vcenter.lastError} The last complete map stays in force; hosts that need a newer one become unknown.
        </p>
      )}
      <Losses vcenter={vcenter} mayWrite={mayWrite} />
      <div className="row">
        {vcenter.gaps > 0 && (
          <Button size="xs" variant="default" aria-expanded={showsGaps} onClick={() => setShowsGaps(!showsGaps)}>
            {showsGaps ? 'Hide' : 'Show'} {vcenter.gaps} gaps
          </Button>
        )}
        {mayWrite && <Actions vcenter={vcenter} />}
      </div>
      {showsGaps && <Gaps vcenterId={vcenter.id} />}
    </article>
  );
}

/** It has no account: nothing can be collected. */
const isFromFiles = ({ url }: VcenterStatus): boolean => url.startsWith('rvtools:');

/** A file has the age of its export, not of the day when somebody brought it. */
function ImportedMark({ vcenter: { imported, mapCollectedAt } }: { vcenter: VcenterStatus }) {
  const now = use(NowContext);
  if (!imported || mapCollectedAt === null) return null;
  const isOld = now - Date.parse(mapCollectedAt) >= mapHoldsMs;
  return (
    <p className={`bar ${isOld ? 'sev-unknown hatch' : ''}`} data-testid="imported">
      <strong>Imported:</strong> exported <Ago at={mapCollectedAt} />, brought by {imported.by} on{' '}
      {absoluteText(imported.at)}
      {imported.file ? ` as ${imported.file}` : ''}.
      {isOld && ' It is last known, and no proof of what is there today: import a newer export or connect the vCenter.'}
    </p>
  );
}

/** A confirmation ends by itself, and nobody tells the page when it does. */
function Losses({ vcenter, mayWrite }: Card) {
  const now = use(NowContext);
  const { confirmed, confirmedUntil, heldBack } = vcenter;
  if (confirmed && confirmedUntil && Date.parse(confirmedUntil) > now)
    return <Confirmed losses={confirmed} until={confirmedUntil} />;
  return heldBack ? <HeldBack vcenter={vcenter} losses={heldBack} mayWrite={mayWrite} /> : null;
}

/** A map that lost many objects: most often an account lost rights, and then confirming it would hide LUNs. */
function HeldBack({ vcenter, losses, mayWrite }: Card & { losses: MapLosses }) {
  const { confirm } = useVcenterActions();
  const shown = mapKinds.filter((kind) => losses[kind] !== undefined);
  return (
    <div className="bar stack sev-high" data-testid="held-back">
      <p>
        <strong>The newest map is held back until a person says that it is right.</strong> Check the rights of the
        account first: one that lost them sees less and looks the same.
      </p>
      <ul>
        {shown.map((kind) => (
          <li key={kind}>
            {losses[kind]} {mapKindLabels[kind]} instead of {vcenter[kind]}
          </li>
        ))}
      </ul>
      {mayWrite && (
        <div>
          <Confirm
            label="Confirm the loss"
            title={`Are the missing objects of ${vcenter.name} gone?`}
            onConfirm={() => confirm.mutate({ id: vcenter.id, losses })}
          >
            You say that {mapCountTexts(losses).join(' and ')} are right, and nothing else. It is read again and comes
            in force, unless it then shows fewer still or lost something else. Your word holds for 24 hours.
          </Confirm>
        </div>
      )}
      {confirm.error !== null && <p role="alert">{confirm.error.message}</p>}
    </div>
  );
}

function Confirmed({ losses, until }: { losses: MapLosses; until: string }) {
  return (
    <p className="bar" data-testid="confirmed">
      <strong>Confirmed:</strong> {mapCountTexts(losses).join(' and ')}, until {absoluteText(until)} (
      <Until at={until} />
      ). The next complete map until then that shows at least as many comes in force; any other loss is asked about
      again.
    </p>
  );
}

function Actions({ vcenter }: { vcenter: VcenterStatus }) {
  const { collect, remove } = useVcenterActions();
  const error = collect.error ?? remove.error;
  return (
    <>
      {!isFromFiles(vcenter) && (
        <Button
          size="xs"
          variant="default"
          loading={collect.isPending || vcenter.state === 'collecting'}
          onClick={() => collect.mutate(vcenter.id)}
        >
          Collect now
        </Button>
      )}
      <Confirm label="Remove" title={`Remove ${vcenter.name}?`} onConfirm={() => remove.mutate(vcenter.id)}>
        Its credential and its map are forgotten. Every host that sees its LUNs becomes unknown until another map names
        them. Adding it again collects a new map.
      </Confirm>
      {error !== null && (
        <span className="bar sev-critical" role="alert">
          {error.message}
        </span>
      )}
    </>
  );
}
