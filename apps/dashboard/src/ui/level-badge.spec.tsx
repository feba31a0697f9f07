import { levelLabels, levels } from '@lunwarden/contract';
import { cleanup, render } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { LevelBadge } from './level-badge.js';

afterEach(cleanup);

it.each(levels)('tells %s by a word and by a shape that no other level has', (level) => {
  const { container } = render(<LevelBadge level={level} score={41.6} />);
  expect(container.textContent).toBe(`${levelLabels[level]}42`);
  const shape = (node: Element) => [...node.querySelectorAll('path')].map((path) => path.outerHTML).join();
  const own = shape(container);
  cleanup();
  for (const other of levels.filter((one) => one !== level)) {
    expect(shape(render(<LevelBadge level={other} />).container)).not.toBe(own);
    cleanup();
  }
});

it('never lets unknown look like any level that was judged: it is dashed and hatched', () => {
  const { container } = render(<LevelBadge level="unknown" />);
  expect(container.querySelector('[stroke-dasharray]')).not.toBeNull();
  expect(container.querySelector('.hatch')).not.toBeNull();
});
