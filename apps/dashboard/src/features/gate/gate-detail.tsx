import type { ChangeWindow, GateReason, HostGate, Preflight } from '@lunwarden/contract';
import { Button } from '@mantine/core';
import { useGateActions } from '../../data/gate.js';
import { CodeText } from '../../ui/code-text.js';
import { Ago, Until } from '../../ui/instant.js';
import { gravestFirst } from './gate-figures.js';
import { Overrides } from './overrides.js';

type Props = { gate: HostGate; window: ChangeWindow; username: string; mayWrite: boolean };

const effectWords: Record<GateReason['effect'], string> = {
  blocks: 'Forbids',
  unknown: 'Not known',
  step: 'Asks for steps',
};

/** All that people look at before they decide about one host. */
export function GateDetail({ gate, window, username, mayWrite }: Props) {
  return (
    <div className="stack wide" data-testid="gate-detail">
      <Reasons gate={gate} />
      {gate.steps.length > 0 && (
        <section className="stack" aria-label="Steps">
          <h2>Steps, in this order</h2>
          <ol className="prose">
            {gate.steps.map(({ id, text }) => (
              <li key={id}>
                <CodeText text={text} />
              </li>
            ))}
          </ol>
        </section>
      )}
      <PreflightState gate={gate} mayWrite={mayWrite} />
      {gate.postflight !== null && <PostflightState postflight={gate.postflight} />}
      <Overrides gate={gate} window={window} username={username} mayWrite={mayWrite} />
    </div>
  );
}

/** What forbids, what nobody knows, what asks for steps. */
export function Reasons({ gate: { reasons, missing } }: Pick<Props, 'gate'>) {
  if (reasons.length === 0) return null;
  return (
    <section className="stack" aria-label="Reasons">
      <h2>Reasons</h2>
      <ul className="plain stack">
        {gravestFirst(reasons).map(({ code, effect, text }) => (
          <li key={code + text}>
            <strong>{effectWords[effect]}:</strong> {text} <span className="dim mono">{code}</span>
          </li>
        ))}
      </ul>
      {missing.length > 0 && <p className="dim">Not known: {missing.join(', ')}.</p>}
    </section>
  );
}

const preflightWords: Record<Preflight['state'], string> = {
  requested: 'Asked, and not answered yet',
  answered: 'Answered',
  expired: 'Run out',
};

export function PreflightState({ gate: { preflight, hostId }, mayWrite }: Pick<Props, 'gate' | 'mayWrite'>) {
  const action = useGateActions().preflight;
  return (
    <section className="stack" aria-label="Pre-flight">
      <h2>Pre-flight</h2>
      {preflight === null ? (
        <p className="dim prose">
          Nobody has asked. To patch now the host must show facts that are observed after somebody asked; they count for
          60 minutes.
        </p>
      ) : (
        <p>
          {preflightWords[preflight.state]}; asked by {preflight.requestedBy} <Ago at={preflight.requestedAt} />, facts
          from <Ago at={preflight.observedAt} never="none yet" />; runs out: <Until at={preflight.validUntil} />
        </p>
      )}
      {action.error !== null && (
        <p className="bar sev-critical" role="alert">
          {action.error.message}
        </p>
      )}
      {mayWrite && (
        <div>
          <Button size="xs" variant="default" loading={action.isPending} onClick={() => action.mutate(hostId)}>
            Ask the host for fresh facts
          </Button>
        </div>
      )}
    </section>
  );
}

const postflightWords = {
  verified: 'The guards are proven again.',
  pending: 'No report yet that proves the guards.',
  failed: 'The guards are broken.',
};
const postflightLevels = { verified: 'minimal', pending: 'unknown', failed: 'critical' };

export function PostflightState({ postflight }: { postflight: NonNullable<HostGate['postflight']> }) {
  return (
    <section className="stack" aria-label="After the window">
      <h2>After the window</h2>
      <div className={`bar sev-${postflightLevels[postflight.state]}`}>
        <strong>{postflightWords[postflight.state]}</strong> Facts from{' '}
        <Ago at={postflight.observedAt} never="no report" />.
        <ul>
          {postflight.reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      </div>
    </section>
  );
}
