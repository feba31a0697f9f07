import type { HostGate } from '@lunwarden/contract';
import { CodeText } from '../../ui/code-text.js';
import { GateBadge } from '../../ui/gate-badge.js';
import { Until } from '../../ui/instant.js';

/** The steps by which this host is patched without its LUNs at stake, as the gate of a window has them. */
export function Runbook({ gate }: { gate: HostGate }) {
  return (
    <section className="stack wide" aria-labelledby="runbook-title">
      <p className="row">
        <GateBadge verdict={gate.verdict} /> if nothing changes; holds: <Until at={gate.validUntil} />
      </p>
      <h2 id="runbook-title">Steps, in this order</h2>
      {gate.steps.length === 0 ? (
        <p className="dim prose">
          The gate says a plain go: nothing that anybody knows of stands against patching this host, and no step is
          asked for.
        </p>
      ) : (
        <ol className="prose stack" data-testid="runbook">
          {gate.steps.map(({ id, text }) => (
            <li key={id}>
              <CodeText text={text} />
            </li>
          ))}
        </ol>
      )}
      <p className="dim prose">
        Not this: enabling automount as a fix for a failed update. Mount the one partition that the update needs.
      </p>
    </section>
  );
}
