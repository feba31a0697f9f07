import { storyNow, windowsFacts } from '@lunwarden/sample-fleet';
import { beside, direct, unknown } from '../testing/cases.js';
import { describeEdges } from '../testing/edges.js';
import { host, records, window } from '../testing/products.js';
import { reportAt } from '../testing/readings.js';

const hour = 3_600_000;
const after = (ms: number): string => new Date(Date.parse(storyNow) + ms).toISOString();
const day = 24 * hour;
const checked = (preflightAt: string | null) => ({ preflightAt: { value: preflightAt } });
const weakly = beside({ sanPolicy: { value: 'OnlineAll' } });
const ended = (endsAt: string) =>
  records({ ended: { value: { name: 'x', startsAt: '2026-11-19T00:00:00.000Z', endsAt } } });
const reported = '2026-11-20T06:00:00.000Z';

describeEdges('a change window', [
  [
    'no pre-flight a day before it',
    'preflight-missing',
    'at-risk medium',
    host,
    window(after(day), after(2 * day)),
    'No pre-flight check was run',
  ],
  ['none before that', 'preflight-missing', 'not-applicable medium', host, window(after(day + 1), after(2 * day))],
  [
    'one of a day before its start',
    'preflight-missing',
    'safe medium',
    host,
    window(after(hour), after(day), checked(after(hour - day))),
  ],
  [
    'one of longer before',
    'preflight-missing',
    'at-risk medium',
    host,
    window(after(hour), after(day), checked(after(hour - day - 1))),
  ],
  ['none while it runs', 'preflight-missing', 'at-risk medium', host, window(after(-hour), after(day))],
  [
    'none after its end',
    'preflight-missing',
    'not-applicable medium',
    host,
    records({ window: { value: { name: 'x', startsAt: after(-hour), endsAt: after(0) } } }),
  ],
  [
    'weak guards three days before it',
    'window-near-guards-weak',
    'at-risk high',
    weakly,
    window(after(3 * day), after(4 * day)),
  ],
  [
    'weak guards before that',
    'window-near-guards-weak',
    'not-applicable high',
    weakly,
    window(after(3 * day + 1), after(4 * day)),
  ],
  ['weak guards while it runs', 'window-near-guards-weak', 'at-risk high', weakly, window(after(-hour), after(day))],
  [
    'weak guards after its end',
    'window-near-guards-weak',
    'not-applicable high',
    weakly,
    records({ window: { value: { name: 'x', startsAt: after(-hour), endsAt: after(0) } } }),
  ],
  [
    'guards that nobody could read',
    'window-near-guards-weak',
    'unknown high',
    beside({ sanPolicy: unknown }),
    window(after(hour), after(day)),
  ],
  ['a report of the moment of its end', 'verification-after-window-missing', 'safe high', host, ended(reported)],
  [
    'none two hours after it',
    'verification-after-window-missing',
    'unknown high',
    host,
    { ...ended(after(-2 * hour)), ...reportAt(host, after(-3 * hour)) },
  ],
  [
    'none for longer',
    'verification-after-window-missing',
    'at-risk high',
    host,
    { ...ended(after(-2 * hour - 1)), ...reportAt(host, after(-3 * hour)) },
  ],
  [
    'none of a known age',
    'verification-after-window-missing',
    'at-risk high',
    host,
    { ...ended(after(-day)), ...reportAt(host, null) },
  ],
  ['none ever', 'verification-after-window-missing', 'at-risk high', host, { ...ended(after(-day)), report: null }],
  [
    'an exception that ends now',
    'exception-expired',
    'at-risk medium',
    host,
    records({ exceptions: { value: [{ name: 'e', expiresAt: after(0), closedAt: null }] } }),
  ],
  [
    'an exception that was closed',
    'exception-expired',
    'safe medium',
    host,
    records({ exceptions: { value: [{ name: 'e', expiresAt: after(-hour), closedAt: after(0) }] } }),
    'None is overdue',
  ],
]);

const fallback = (network: number, san: number, lastSeenAt = after(-hour)) =>
  beside({
    transport: {
      value: {
        ...direct.value,
        observed: [
          { mode: 'network', tasks: network, lastSeenAt },
          { mode: 'direct-san', tasks: san, lastSeenAt },
        ],
      },
    },
  });

describeEdges('Direct SAN', [
  [
    'one task of ten over the network',
    'direct-san-falls-back',
    'safe medium',
    fallback(1, 9),
    {},
    '1 of 10 tasks went over the network',
  ],
  [
    'more than that',
    'direct-san-falls-back',
    'at-risk medium',
    fallback(2, 9),
    {},
    '2 of 11 tasks went over the network',
  ],
  ['tasks of a week ago', 'direct-san-falls-back', 'unknown medium', fallback(2, 9, after(-7 * day)), {}],
  ['no task', 'direct-san-falls-back', 'unknown medium', fallback(0, 0), {}],
  ['another mode', 'direct-san-falls-back', 'not-applicable medium', host, {}],
  [
    'a mode that nobody could read',
    'direct-san-falls-back',
    'unknown medium',
    beside({ transport: unknown }),
    {},
    'The transport mode is not known: the collector was denied access',
  ],
  [
    'a host that never reported',
    'direct-san-falls-back',
    'unknown medium',
    host,
    { report: null },
    'The transport mode is not known: the host has never reported',
  ],
  [
    'LUNs that were used where nobody set a mode',
    'luns-visible-without-need',
    'safe high',
    beside({
      transport: {
        value: {
          configured: 'auto',
          source: 'product',
          observed: [{ mode: 'direct-san', tasks: 1, lastSeenAt: after(-hour) }],
        },
      },
    }),
    {},
  ],
  [
    'LUNs that were not',
    'luns-visible-without-need',
    'at-risk high',
    beside({
      transport: {
        value: {
          configured: 'direct-san',
          source: 'product',
          observed: [{ mode: 'network', tasks: 1, lastSeenAt: after(-hour) }],
        },
      },
    }),
    {},
  ],
  [
    'LUNs that nobody knows who uses',
    'luns-visible-without-need',
    'unknown high',
    beside({ transport: { value: { configured: 'auto', source: 'product' } } }),
    {},
  ],
]);

const guest = windowsFacts({ transport: unknown, automount: { value: 'enabled' } });
const unsureHotAdd = windowsFacts({ transport: unknown });

describeEdges('hot-add', [
  ['automount where nobody knows the mode', 'automount-enabled-with-hot-add', 'unknown medium', guest, {}],
  ['no automount where nobody knows the mode', 'automount-enabled-with-hot-add', 'safe medium', unsureHotAdd, {}],
  [
    'automount in another mode',
    'automount-enabled-with-hot-add',
    'not-applicable medium',
    windowsFacts({ automount: { value: 'enabled' } }),
    {},
  ],
]);
