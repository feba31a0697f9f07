import type { VcenterStatus } from '@lunwarden/contract';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useVcenterActions } from '../../data/actions.js';
import { Confirm } from '../../ui/confirm.js';
import { Ago } from '../../ui/instant.js';
import { VcenterState } from '../../ui/vcenter-state.js';
import { Gaps } from './gaps.js';

type Props = { vcenters: readonly VcenterStatus[]; mayWrite: boolean };

export function VcenterTable({ vcenters, mayWrite }: Props) {
  return (
    <div className="stack wide">
      {vcenters.map((vcenter) => (
        <VcenterCard key={vcenter.id} vcenter={vcenter} mayWrite={mayWrite} />
      ))}
    </div>
  );
}

function VcenterCard({ vcenter, mayWrite }: { vcenter: VcenterStatus; mayWrite: boolean }) {
  const [showsGaps, setShowsGaps] = useState(false);
  return (
    <article className="card stack" aria-label={vcenter.name} data-testid="vcenter">
      <div className="row spread">
        <h2>{vcenter.name}</h2>
        <VcenterState state={vcenter.state} />
      </div>
      <p className="dim">
        {vcenter.url} · complete map <Ago at={vcenter.mapCollectedAt} /> · last attempt{' '}
        <Ago at={vcenter.lastAttemptAt} /> · {vcenter.datastores} datastores, {vcenter.hosts} hosts, {vcenter.vms} VMs
      </p>
      {vcenter.lastError !== null && (
        <p className="bar sev-high">
          {vcenter.lastError} The last complete map stays in force; hosts that need a newer one become unknown.
        </p>
      )}
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

function Actions({ vcenter }: { vcenter: VcenterStatus }) {
  const { collect, remove } = useVcenterActions();
  const error = collect.error ?? remove.error;
  return (
    <>
      <Button
        size="xs"
        variant="default"
        loading={collect.isPending || vcenter.state === 'collecting'}
        onClick={() => collect.mutate(vcenter.id)}
      >
        Collect now
      </Button>
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
