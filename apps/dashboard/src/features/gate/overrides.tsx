import { type ChangeWindow, type GateOverride, GateOverrideRequest, type HostGate } from '@lunwarden/contract';
import { Button, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useGateActions } from '../../data/gate.js';
import { errorsByField } from '../../ui/field-errors.js';
import { absoluteText, Until } from '../../ui/instant.js';

type Props = { gate: HostGate; window: ChangeWindow; username: string; mayWrite: boolean };

const stateWords: Record<GateOverride['state'], string> = {
  'awaiting-second-person': 'Awaits a second person',
  approved: 'Two people agreed',
  revoked: 'Taken back',
  expired: 'Run out',
};

/** Who takes the risk against the gate. It is recorded and shown; the verdict stays what it is. */
export function Overrides({ gate, window, username, mayWrite }: Props) {
  const { approve } = useGateActions();
  return (
    <section className="stack" aria-label="Overrides">
      <h2>Overrides</h2>
      {gate.overrides.length === 0 && (
        <p className="dim">None. An override changes no verdict: it says who takes the risk.</p>
      )}
      {gate.overrides.map((override) => (
        <div key={override.id} className="bar stack" data-testid="override">
          <p>
            <strong>{stateWords[override.state]}</strong>; asked by {override.requestedBy},{' '}
            {override.approvedBy === null ? 'agreed by nobody yet' : `agreed by ${override.approvedBy}`}; runs out:{' '}
            <Until at={override.expiresAt} />
          </p>
          <p>“{override.reason}”</p>
          {override.state === 'awaiting-second-person' && mayWrite && (
            <SecondPerson
              isOwn={override.requestedBy === username}
              isPending={approve.isPending}
              onAgree={() => approve.mutate(override.id)}
            />
          )}
        </div>
      ))}
      {approve.error !== null && (
        <p className="bar sev-critical" role="alert">
          {approve.error.message}
        </p>
      )}
      {mayWrite && (gate.verdict === 'no-go' || gate.verdict === 'unknown') && (
        <OverrideForm gate={gate} window={window} />
      )}
    </section>
  );
}

function SecondPerson({ isOwn, isPending, onAgree }: { isOwn: boolean; isPending: boolean; onAgree: () => void }) {
  if (isOwn) return <p className="dim">You asked for it, so another administrator must agree.</p>;
  return (
    <div>
      <Button size="xs" loading={isPending} onClick={onAgree}>
        I agree to take this risk
      </Button>
    </div>
  );
}

function OverrideForm({ gate, window }: Pick<Props, 'gate' | 'window'>) {
  const { override } = useGateActions();
  const [reason, setReason] = useState('');
  const [error, setError] = useState<string>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { hostId, windowId } = gate;
    const read = GateOverrideRequest.safeParse({ hostId, windowId, reason: reason.trim(), expiresAt: window.endsAt });
    setError(read.success ? undefined : errorsByField(read.error).reason);
    if (read.success) override.mutate(read.data, { onSuccess: () => setReason('') });
  };
  return (
    <form className="stack" onSubmit={submit}>
      <Textarea
        label={`Why ${gate.hostname} is to be patched against the gate`}
        description={`At least 20 characters. A second administrator must agree; it runs out with the window, ${absoluteText(window.endsAt)} local.`}
        rows={2}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={error ?? override.error?.message}
      />
      <div>
        <Button type="submit" size="xs" variant="default" loading={override.isPending}>
          Ask for an override
        </Button>
      </div>
    </form>
  );
}
