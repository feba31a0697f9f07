import type { HostRunbook } from '@lunwarden/contract';
import { Button } from '@mantine/core';
import { useSessionStorage } from '@mantine/hooks';
import { CodeText } from '../../ui/code-text.js';
import { Copy } from '../../ui/copy.js';
import classes from './runbook.module.css';

type Props = {
  runbook: HostRunbook;
  /** Names host and window: ticks of one night do not show on another. */
  ticksOf: string;
  windowName: string | undefined;
};

/** The steps by which this host is changed without its LUNs at stake. */
export function Runbook({ runbook: { steps }, ticksOf, windowName }: Props) {
  const [done, setDone] = useSessionStorage<string[]>({
    key: `lunwarden-ticks ${ticksOf}`,
    defaultValue: [],
    getInitialValueInEffect: false,
  });
  const ticked = steps.filter(({ id }) => done.includes(id)).length;
  const toggle = (id: string) => setDone(done.includes(id) ? done.filter((other) => other !== id) : [...done, id]);
  return (
    <section className="card stack" aria-labelledby="runbook-title">
      <div className="row spread">
        <h2 id="runbook-title">Runbook, in this order</h2>
        <span className="row">
          <span className="num" role="status" data-testid="ticked">
            {ticked} of {steps.length} ticked
          </span>
          <Button size="compact-sm" variant="default" disabled={ticked === 0} onClick={() => setDone([])}>
            Clear ticks
          </Button>
        </span>
      </div>
      <p className="dim prose">
        Ticks are kept in this browser tab only, for this host{windowName === undefined ? '' : ` in ${windowName}`}:
        nobody else sees them, and they prove nothing. A report proves a step.
      </p>
      <ol className={`plain stack wide ${classes.steps}`} data-testid="runbook">
        {steps.map(({ id, text, commands, verify }, at) => (
          <li key={id} className={classes.step}>
            <input
              type="checkbox"
              className={classes.tick}
              aria-label={`Step ${at + 1} is done`}
              checked={done.includes(id)}
              onChange={() => toggle(id)}
            />
            <div className="stack">
              <p className="prose">
                <span className="num">{at + 1}.</span> <CodeText text={text} />
              </p>
              {commands.map((command) => (
                <Typed key={command} command={command} />
              ))}
              {verify.length > 0 && <p className="dim">To see that it is done (changes nothing):</p>}
              {verify.map((command) => (
                <Typed key={command} command={command} />
              ))}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

const Typed = ({ command }: { command: string }) => (
  <p className="row">
    <code>{command}</code> <Copy text={command} />
  </p>
);
