import { type Assessment, type ModeScore, modeLabels } from '@lunwarden/contract';
import { Switch } from '@mantine/core';
import { useState } from 'react';
import { LevelBadge } from '../../ui/level-badge.js';
import classes from './modes.module.css';

const feasible: Record<ModeScore['feasible'], string> = { yes: 'Possible', no: 'Not possible', unknown: 'Unknown' };

/** The three ways to read, side by side; the switch takes the LUNs out of sight and changes nothing on the host. */
export function Modes({ assessment }: { assessment: Assessment }) {
  const [isUnmasked, setUnmasked] = useState(false);
  return (
    <section className="stack wide" aria-labelledby="modes-title">
      <h2 id="modes-title">If it read another way</h2>
      <Switch
        label="With every VMFS LUN unmasked from this host (the array no longer presents them)"
        checked={isUnmasked}
        onChange={(event) => setUnmasked(event.currentTarget.checked)}
      />
      <div className={classes.modes}>
        {assessment.modes.map((mode) => (
          <ModeCard key={mode.mode} mode={mode} isUnmasked={isUnmasked} />
        ))}
      </div>
      <p className="dim prose">Speed and load are assumptions of the policy until backup sessions were measured.</p>
    </section>
  );
}

function ModeCard({ mode, isUnmasked }: { mode: ModeScore; isUnmasked: boolean }) {
  const { score, low, level } = isUnmasked ? mode.unmasked : mode;
  return (
    <div className={`card stack sev-${level} ${classes.mode}`} data-testid={`mode-${mode.mode}`}>
      <h3>
        {modeLabels[mode.mode]} {mode.inForce && <span className="dim">(in force)</span>}
      </h3>
      <div>
        <LevelBadge level={level} score={score} />
      </div>
      <dl className={classes.facts}>
        <dt>If all unknown were good</dt>
        <dd className="num">{Math.round(low)}</dd>
        <dt>{feasible[mode.feasible]}</dt>
        <dd>{mode.feasibility}</dd>
        <dt>Read speed, Direct SAN = 100 %</dt>
        <dd className="num">{Math.round(mode.throughputIndex * 100)} %</dd>
        <dt>Load on ESXi</dt>
        <dd>{mode.esxiLoad}</dd>
      </dl>
    </div>
  );
}
