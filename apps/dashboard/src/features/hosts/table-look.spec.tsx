import { MantineProvider } from '@mantine/core';
import { act, cleanup, fireEvent, render, renderHook, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import '../../testing/browser-stubs.js';
import { columns } from './columns.js';
import { LookMenu } from './look-menu.js';
import { shownColumns, useTableLook } from './table-look.js';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

function Menu() {
  const { shown, toggle, density, setDensity } = useTableLook();
  return (
    <MantineProvider>
      <LookMenu shown={shown} density={density} onToggle={toggle} onDensity={setDensity} />
    </MantineProvider>
  );
}

it('hides a column and keeps it hidden in this browser', () => {
  render(<Menu />);
  fireEvent.click(screen.getByLabelText('OS'));
  fireEvent.change(screen.getByLabelText('Row height'), { target: { value: 'compact' } });
  cleanup();
  render(<Menu />);
  expect(screen.getByText(`Columns: ${columns.length - 1} of ${columns.length}`)).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>('OS').checked).toBe(false);
  expect(screen.getByLabelText<HTMLSelectElement>('Row height').value).toBe('compact');
});

it('never hides which host a row is of', () => {
  render(<Menu />);
  expect(screen.getByLabelText<HTMLInputElement>('Host').disabled).toBe(true);
  expect(shownColumns(columns.map(({ key }) => key)).map(({ key }) => key)).toEqual(['hostname']);
});

it.each(['{', '"x"', '{"os":true}', '[1,null]'])('shows everything where the store holds nonsense: %s', (kept) => {
  localStorage.setItem('lunwarden-hosts-hidden-columns', kept);
  localStorage.setItem('lunwarden-density', kept);
  const { result } = renderHook(useTableLook);
  expect(result.current.shown).toHaveLength(columns.length);
  expect(result.current.density).toBe('normal');
  act(() => result.current.toggle('os'));
  expect(result.current.shown).toHaveLength(columns.length - 1);
});
