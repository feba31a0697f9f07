import { Button } from '@mantine/core';
import { use, useEffect, useRef, useState } from 'react';
import { DataContext, useLive } from '../../data/context.js';
import { useFleetView } from '../../data/fleet-view.js';
import { agoText, NowContext } from '../../ui/instant.js';
import classes from './live-chip.module.css';

/** Whether what is shown moves by itself, how old it is, and a switch to hold it still. */
export function LiveChip() {
  const state = useLive();
  const { live } = use(DataContext);
  // The age is told anew whenever the page's clock ticks.
  use(NowContext);
  const { dataUpdatedAt } = useFleetView();
  const freshAt = Math.max(dataUpdatedAt, state.isPaused ? 0 : (state.heardAt ?? 0));
  const word = state.isPaused ? 'paused' : state.link;
  const label = {
    paused: `Paused, ${state.waiting} waiting`,
    live: 'Live',
    connecting: 'Connecting',
    reconnecting: 'Reconnecting',
  }[word];
  return (
    <div className="row">
      <span className={classes.chip} data-state={word} data-testid="live-chip">
        <span className={classes.dot} aria-hidden="true" />
        {label}
      </span>
      <Button size="compact-sm" variant="default" onClick={() => live.pause(!state.isPaused)}>
        {state.isPaused ? 'Resume' : 'Pause'}
      </Button>
      {freshAt > 0 && <span className="dim">data as of {agoText(freshAt, Date.now())}</span>}
      <Announcer />
    </div>
  );
}

const quietMs = 10_000;

/** One sentence at most every ten seconds: a storm of reports must not talk over whoever listens to the page. */
function Announcer() {
  const { data } = useFleetView();
  const seq = data?.seq;
  const told = useRef<{ seq: number; at: number } | null>(null);
  const [text, setText] = useState('');
  useEffect(() => {
    if (seq === undefined) return;
    const last = told.current;
    if (last === null) {
      told.current = { seq, at: 0 };
      return;
    }
    if (seq === last.seq) return;
    const say = () => {
      told.current = { seq, at: Date.now() };
      setText(`${seq - last.seq} changes in the fleet`);
    };
    const timer = setTimeout(say, Math.max(0, last.at + quietMs - Date.now()));
    return () => clearTimeout(timer);
  }, [seq]);
  return (
    <span className="visually-hidden" aria-live="polite">
      {text}
    </span>
  );
}
