import type { ChangeWindow, HostGate } from '@lunwarden/contract';
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Fragment, use, useState } from 'react';
import { GateBadge } from '../../ui/gate-badge.js';
import { NowContext, Until } from '../../ui/instant.js';
import { LevelBadge } from '../../ui/level-badge.js';
import { ScrollBox } from '../../ui/scroll-box.js';
import { GateDetail } from './gate-detail.js';
import { gravestFirst, standingOverride } from './gate-figures.js';

const pageSize = 60;

type Props = { gates: readonly HostGate[]; window: ChangeWindow; username: string; mayWrite: boolean };

/** One row a host; its steps, pre-flight and overrides unfold under it. */
export function GateTable({ gates, ...rest }: Props) {
  const [shown, setShown] = useState(pageSize);
  return (
    <>
      <ScrollBox label="Gate, table" className="card table-scroll">
        <table className="table">
          <caption className="visually-hidden">May these hosts be patched, and why not</caption>
          <thead>
            <tr>
              <th scope="col">Host</th>
              <th scope="col">Verdict</th>
              <th scope="col">Risk</th>
              <th scope="col">Reasons</th>
              <th scope="col" className="num">
                VMs in reach
              </th>
              <th scope="col">Holds</th>
              <th scope="col">More</th>
            </tr>
          </thead>
          <tbody>
            {gates.slice(0, shown).map((gate) => (
              <Row key={gate.hostId} gate={gate} {...rest} />
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {gates.length > shown && (
        <div className="row">
          <Button variant="default" onClick={() => setShown(shown + pageSize)}>
            Show more
          </Button>
          <span className="dim num">
            {shown} of {gates.length}
          </span>
        </div>
      )}
    </>
  );
}

function Row({ gate, ...rest }: Omit<Props, 'gates'> & { gate: HostGate }) {
  const [isOpen, setOpen] = useState(false);
  const override = standingOverride(gate, use(NowContext));
  return (
    <Fragment>
      <tr data-testid="gate-row" className={gate.verdict === 'unknown' ? 'sev-unknown hatch' : ''}>
        <th scope="row" className="nowrap">
          <Link to="/hosts/$id" params={{ id: gate.hostId }}>
            {gate.hostname}
          </Link>
        </th>
        <td className="nowrap">
          <GateBadge verdict={gate.verdict} />
          {override !== null && <div className="dim">overridden, see more</div>}
        </td>
        <td>
          <LevelBadge level={gate.level} score={gate.score} />
        </td>
        <td className="sentence">
          <Reasons gate={gate} />
        </td>
        <td className="num">{gate.vmsAreComplete ? gate.vms : gate.vms === 0 ? 'unknown' : `≥ ${gate.vms}`}</td>
        <td className="nowrap">
          <Until at={gate.validUntil} />
        </td>
        <td>
          <Button
            size="compact-sm"
            variant="default"
            aria-expanded={isOpen}
            aria-label={`${isOpen ? 'Less' : 'More'} about ${gate.hostname}`}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? 'Less' : 'More'}
          </Button>
        </td>
      </tr>
      {isOpen && (
        <tr>
          <td colSpan={7}>
            <GateDetail gate={gate} {...rest} />
          </td>
        </tr>
      )}
    </Fragment>
  );
}

const inSight = 3;

function Reasons({ gate: { reasons, verdict } }: { gate: HostGate }) {
  const [first, ...rest] = gravestFirst(reasons);
  if (first === undefined)
    return <span className="dim">{verdict === 'go' ? 'nothing stands against it' : 'none told'}</span>;
  const others = rest.slice(0, inSight - 1);
  return (
    <ul className="plain stack">
      {[first, ...others].map(({ code, text }) => (
        <li key={code + text}>{text}</li>
      ))}
      {reasons.length > inSight && <li className="dim">and {reasons.length - inSight} more</li>}
    </ul>
  );
}
