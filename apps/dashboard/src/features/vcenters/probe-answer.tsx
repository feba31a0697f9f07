import type { VcenterProbe } from '@lunwarden/contract';
import { Button } from '@mantine/core';
import { LevelIcon } from '../../ui/level-badge.js';

export function ProbeAnswer({ probe, onPin }: { probe: VcenterProbe; onPin: (sha256: string) => void }) {
  const { sha256 } = probe;
  return (
    <div className={`bar stack ${probe.ok ? 'sev-minimal' : 'sev-high'}`} role="status" data-testid="probe">
      <p className="row">
        <LevelIcon level={probe.ok ? 'minimal' : 'high'} />
        {probe.message}
      </p>
      {probe.about !== null && (
        <p className="dim">
          {probe.about.name}, API {probe.about.apiVersion}, build {probe.about.build}, instance{' '}
          {probe.about.instanceUuid}
        </p>
      )}
      {sha256 !== null && (
        <>
          <p>
            Its certificate has this SHA-256 fingerprint. Pin it only if the vCenter itself shows the same:{' '}
            <code>{sha256.match(/../g)?.join(':') ?? sha256}</code>
          </p>
          <div>
            <Button size="xs" variant="default" onClick={() => onPin(sha256)}>
              Pin this fingerprint
            </Button>
          </div>
        </>
      )}
    </div>
  );
}
