import { type ChangeWindow, GateAsks, type GateVerdict, type HostGate } from '@lunwarden/contract';
import { Button, NativeSelect, SegmentedControl } from '@mantine/core';
import { use } from 'react';
import { GateBadge, gateLevels } from '../../ui/gate-badge.js';
import { Ago, Countdown, NowContext } from '../../ui/instant.js';
import { PostflightState, PreflightState, Reasons } from './gate-detail.js';
import { Overrides } from './overrides.js';
import { spanText } from './wall-time.js';
import { windowState } from './window-list.js';

const sentences: Record<GateVerdict, string> = {
  'no-go': 'Something that is proven forbids it.',
  unknown: 'Nobody knows enough to let it be patched, and what is not known is never a yes.',
  'go-with-steps': 'It may be patched by the steps of the runbook below, in their order.',
  go: 'Nothing stands against it.',
};

type Props = { gate: HostGate; window: ChangeWindow; username: string; mayWrite: boolean };

/** May this host be patched, why not, until when that holds, and who takes the risk. */
export function HostGateCard({ gate, window, username, mayWrite }: Props) {
  return (
    <div className="stack wide" data-testid="gate-card">
      <div className={`bar stack sev-${gateLevels[gate.verdict]} ${gate.verdict === 'unknown' ? 'hatch' : ''}`}>
        <p className="row">
          <GateBadge verdict={gate.verdict} /> <strong>{sentences[gate.verdict]}</strong>
        </p>
        <p>
          Holds for <Countdown at={gate.validUntil} />; judged <Ago at={gate.evaluatedAt} />, policy{' '}
          {gate.policyVersion}
        </p>
      </div>
      <Reasons gate={gate} />
      <PreflightState gate={gate} mayWrite={mayWrite} />
      {gate.postflight !== null && <PostflightState postflight={gate.postflight} />}
      <Overrides gate={gate} window={window} username={username} mayWrite={mayWrite} />
    </div>
  );
}

type Choice = {
  windows: readonly ChangeWindow[];
  window: ChangeWindow;
  asks: GateAsks;
  isJudging: boolean;
  onWindow: (id: string) => void;
  onAsks: (asks: GateAsks) => void;
  onAgain: () => void;
};

/** Of which window, and whether somebody wants to patch now or only to plan. */
export function GateChoice({ windows, window, asks, isJudging, onWindow, onAsks, onAgain }: Choice) {
  const now = use(NowContext);
  const listed = windows.includes(window) ? windows : [window, ...windows];
  return (
    <div className="row">
      <NativeSelect
        size="xs"
        aria-label="Change window"
        data={listed.map(({ id, name }) => ({ value: id, label: name }))}
        value={window.id}
        onChange={(event) => onWindow(event.currentTarget.value)}
      />
      <SegmentedControl
        size="xs"
        aria-label="What is asked"
        data={[
          { value: 'plan', label: 'If nothing changes' },
          { value: 'now', label: 'Patch right now' },
        ]}
        value={asks}
        onChange={(value) => onAsks(GateAsks.parse(value))}
      />
      <Button size="xs" variant="default" loading={isJudging} onClick={onAgain}>
        Judge again
      </Button>
      <span className="dim">
        {spanText(window)} · {windowState(window, now)}
      </span>
    </div>
  );
}
