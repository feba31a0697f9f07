import type { HostRunbook } from '@lunwarden/contract';
import { CodeText } from '../../ui/code-text.js';
import { Copy } from '../../ui/copy.js';

/** The steps by which this host is changed without its LUNs at stake, and the traps that lie on it. */
export function Runbook({ runbook: { steps, traps } }: { runbook: HostRunbook }) {
  return (
    <div className="stack wide">
      <section className="card stack" aria-labelledby="runbook-title">
        <h2 id="runbook-title">Steps, in this order</h2>
        <ol className="stack wide" data-testid="runbook">
          {steps.map(({ id, text, commands, verify }) => (
            <li key={id}>
              <p className="prose">
                <CodeText text={text} />
              </p>
              {commands.map((command) => (
                <Typed key={command} command={command} />
              ))}
              {verify.length > 0 && <p className="dim">To see that it is done (changes nothing):</p>}
              {verify.map((command) => (
                <Typed key={command} command={command} />
              ))}
            </li>
          ))}
        </ol>
      </section>
      {traps.map((trap) => (
        <Trap key={`${trap.id} ${trap.detail}`} trap={trap} />
      ))}
    </div>
  );
}

const Typed = ({ command }: { command: string }) => (
  <p className="row">
    <code>{command}</code> <Copy text={command} />
  </p>
);

function Trap({ trap }: { trap: HostRunbook['traps'][number] }) {
  return (
    <article className="bar sev-high stack" aria-label={trap.title} data-testid="trap">
      <h3>
        {trap.title} <span className="dim">{trap.id}</span>
      </h3>
      <p>{trap.detail}</p>
      <p className="prose">
        <strong>Not this:</strong> <CodeText text={trap.popularFix} /> <CodeText text={trap.whyDangerous} />
      </p>
      <p>
        <strong>Do this:</strong>
      </p>
      <ol className="prose">
        {trap.safeFix.map((step) => (
          <li key={step}>
            <CodeText text={step} />
          </li>
        ))}
      </ol>
      <p className="dim">Source: {trap.source}</p>
    </article>
  );
}
