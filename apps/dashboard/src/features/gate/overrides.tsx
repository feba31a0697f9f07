import { type ChangeWindow, type GateOverride, GateOverrideRequest, type HostGate } from '@lunwarden/contract';
import { Button, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useGateActions } from '../../data/gate.js';
import { errorsByField } from '../../ui/field-errors.js';
import { absoluteText, Until } from '../../ui/instant.js';
import { OverrideActions } from './override-actions.js';
import { overrideWords } from './override-words.js';

type Props = { gate: HostGate; window: ChangeWindow; username: string; mayWrite: boolean };

/** Who takes the risk against the gate. It is recorded and shown; the verdict stays what it is. */
export function Overrides({ gate, window, username, mayWrite }: Props) {
  return (
    <section className="stack" aria-label="Overrides">
      <h2>Overrides</h2>
      {gate.overrides.length === 0 && (
        <p className="dim">None. An override changes no verdict: it says who takes the risk.</p>
      )}
      {gate.overrides.map((override) => (
        <div key={override.id} className="bar stack" data-testid="override">
          <p>
            <strong>{overrideWords[override.state].word}</strong>; {peopleText(override)}; runs out:{' '}
            <Until at={override.expiresAt} />
          </p>
          <p>“{override.reason}”</p>
          {mayWrite && <OverrideActions override={override} hostname={gate.hostname} username={username} />}
        </div>
      ))}
      {mayWrite && (gate.verdict === 'no-go' || gate.verdict === 'unknown') && (
        <OverrideForm gate={gate} window={window} />
      )}
    </section>
  );
}

const peopleText = ({ requestedBy, approvedBy, revokedBy }: GateOverride): string =>
  [
    `asked by ${requestedBy}`,
    approvedBy === null ? 'agreed by nobody' : `agreed by ${approvedBy}`,
    ...(revokedBy === null ? [] : [`taken back by ${revokedBy}`]),
  ].join(', ');

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
