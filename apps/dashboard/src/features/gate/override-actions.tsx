import type { GateOverride } from '@lunwarden/contract';
import { Button } from '@mantine/core';
import { useGateActions } from '../../data/gate.js';
import { Confirm } from '../../ui/confirm.js';
import { isOpen } from './override-words.js';

type Props = { override: GateOverride; hostname: string; username: string };

/** Agree to it, if somebody else asked for it; take it back, whoever one is. */
export function OverrideActions({ override, hostname, username }: Props) {
  const { approve, revoke } = useGateActions();
  const error = approve.error ?? revoke.error;
  const awaits = override.state === 'awaiting-second-person';
  return (
    <div className="stack">
      {awaits && override.requestedBy === username && (
        <p className="dim">You asked for it, so another administrator must agree.</p>
      )}
      {isOpen(override) && (
        <div className="row">
          {awaits && override.requestedBy !== username && (
            <Button size="xs" loading={approve.isPending} onClick={() => approve.mutate(override.id)}>
              I agree to take this risk
            </Button>
          )}
          <Confirm
            label="Take back"
            title={`Take back the override for ${hostname}?`}
            onConfirm={() => revoke.mutate(override.id)}
          >
            Nobody may patch {hostname} on it any more. It stays on record with your name.
          </Confirm>
        </div>
      )}
      {error !== null && (
        <p className="bar sev-critical" role="alert">
          {error.message}
        </p>
      )}
    </div>
  );
}
