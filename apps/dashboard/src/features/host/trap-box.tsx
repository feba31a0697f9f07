import type { HostRunbook } from '@lunwarden/contract';
import { CodeText } from '../../ui/code-text.js';
import { LevelIcon } from '../../ui/level-badge.js';

type Trap = HostRunbook['traps'][number];

const grounds: Record<Trap['because'], string> = {
  failed: 'It has failed on this host',
  pending: 'It waits on this host',
  planned: 'It is planned',
};

/** Updates and situations on this host whose popular fix endangers its LUNs. */
export function TrapBox({ traps }: { traps: readonly Trap[] }) {
  if (traps.length === 0) return <p className="dim">No known trap lies on this host, as far as its facts tell.</p>;
  return traps.map((trap) => <TrapCard key={`${trap.id} ${trap.detail}`} trap={trap} />);
}

function TrapCard({ trap }: { trap: Trap }) {
  return (
    <article className="bar sev-high stack wide" aria-label={trap.title} data-testid="trap">
      <div className="stack">
        <h3>
          <LevelIcon level="high" /> Trap: {trap.title} <span className="dim">{trap.id}</span>
        </h3>
        <p>
          {grounds[trap.because]}: {trap.detail}
        </p>
      </div>
      <dl className="stack prose">
        <dt>
          <strong>The tempting fix, not to be used</strong>
        </dt>
        <dd>
          <CodeText text={trap.popularFix} copies={false} />
        </dd>
        <dt>
          <strong>Why it is dangerous</strong>
        </dt>
        <dd>
          <CodeText text={trap.whyDangerous} copies={false} />
        </dd>
        <dt>
          <strong>Do this instead</strong>
        </dt>
        <dd>
          <ol className="stack">
            {trap.safeFix.map((step) => (
              <li key={step}>
                <CodeText text={step} />
              </li>
            ))}
          </ol>
        </dd>
      </dl>
      <p className="dim">Source: {trap.source}</p>
    </article>
  );
}
