import { describe, expect, test } from 'vitest';
import { adviceOn, rightsOf } from './account-rights.js';

const readOnly = ['System.Anonymous', 'System.View', 'System.Read'];

describe('an account', () => {
  test('with the role Read-only gets no advice', () => {
    expect(rightsOf(readOnly)).toEqual({ missing: [], excess: [], excessTotal: 0 });
    expect(adviceOn(rightsOf(readOnly))).toBe('');
  });

  test('that lacks a privilege is told which', () => {
    expect(adviceOn(rightsOf(['System.Anonymous', 'System.View']))).toContain('lacks System.Read');
    expect(rightsOf([]).missing).toHaveLength(3);
  });

  test('that may do more than read is told so, with an example and a bounded list', () => {
    const many = Array.from({ length: 300 }, (_, at) => `VirtualMachine.Config.P${at}`);
    const rights = rightsOf([...readOnly, ...many]);
    expect([rights.excess.length, rights.excessTotal]).toEqual([20, 300]);
    expect(adviceOn(rights)).toContain('VirtualMachine.Config.P0');
  });

  test('of which nothing is known is not called harmless', () => {
    expect(adviceOn(null)).toContain('could not be read');
  });
});
