import { expect, it } from 'vitest';
import { idOf, sampleHost } from '../../testing/sample-host.js';
import { readWindow } from './window-form.js';

const fields = {
  name: 'Patch Tuesday',
  starts: '2026-12-08T20:00',
  ends: '2026-12-08T23:00',
  timeZone: 'Europe/Amsterdam',
  hosts: '',
};

it('reads a window in its zone, for every host unless some are named', () => {
  expect(readWindow(fields, [])).toEqual({
    request: {
      name: 'Patch Tuesday',
      startsAt: '2026-12-08T19:00:00.000Z',
      endsAt: '2026-12-08T22:00:00.000Z',
      timeZone: 'Europe/Amsterdam',
      hostIds: null,
    },
  });
  expect(readWindow({ ...fields, hosts: 'ams-pxy-01' }, [sampleHost(1)])).toMatchObject({
    request: { hostIds: [idOf(1)] },
  });
});

it('widens no window to every host because a name was mistyped', () => {
  expect(readWindow({ ...fields, hosts: 'ams-pyx-01' }, [sampleHost(1)])).toEqual({
    errors: { hostIds: 'No host of that name: ams-pyx-01' },
  });
});

it('says which end is wrong', () => {
  expect(readWindow({ ...fields, ends: '2026-12-08T19:00' }, [])).toMatchObject({
    errors: { endsAt: expect.any(String) },
  });
  expect(readWindow({ ...fields, starts: '' }, [])).toMatchObject({ errors: { startsAt: expect.any(String) } });
});
