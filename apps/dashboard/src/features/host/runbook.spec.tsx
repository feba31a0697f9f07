import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import '../../testing/browser-stubs.js';
import { idOf } from '../../testing/sample-host.js';
import { Runbook } from './runbook.js';

const steps = ['stop-jobs', 'unzone', 'patch'].map((id) => ({ id, text: `Do ${id}.`, commands: [], verify: [] }));
const runbook = { hostId: idOf(1), evaluatedAt: '2026-11-22T07:00:00Z', steps, traps: [] };

beforeEach(() => sessionStorage.clear());
afterEach(cleanup);
const show = (ticksOf: string) =>
  render(
    <MantineProvider>
      <Runbook runbook={runbook} ticksOf={ticksOf} windowName="Tonight" />
    </MantineProvider>,
  );
const ticked = () => screen.getByTestId('ticked').textContent;

it('keeps ticks for one host in one window, in this session', () => {
  show('host-1 tonight');
  fireEvent.click(screen.getByRole('checkbox', { name: 'Step 2 is done' }));
  expect(ticked()).toBe('1 of 3 ticked');
  cleanup();
  show('host-1 tonight');
  expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Step 2 is done' }).checked).toBe(true);
  cleanup();
  show('host-1 tomorrow');
  expect(ticked()).toBe('0 of 3 ticked');
  expect(localStorage.length).toBe(0);
});

it('takes ticks back one by one and all at once, and says that they prove nothing', () => {
  const { container } = show('host-1 tonight');
  for (const box of screen.getAllByRole('checkbox')) fireEvent.click(box);
  fireEvent.click(screen.getByRole('checkbox', { name: 'Step 1 is done' }));
  expect(ticked()).toBe('2 of 3 ticked');
  fireEvent.click(screen.getByRole('button', { name: 'Clear ticks' }));
  expect(ticked()).toBe('0 of 3 ticked');
  expect(container.textContent).toContain('this browser tab only, for this host in Tonight');
});
