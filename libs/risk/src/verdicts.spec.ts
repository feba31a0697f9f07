import type {
  Assessment,
  Driver,
  HostFacts,
  ModeScore,
  UpdateAttempt,
  WindowsDisk,
  WindowsFacts,
} from '@lunwarden/contract';
import {
  datastoreOn,
  daysBefore,
  hostOf,
  linuxFacts,
  mapOf,
  storyMap,
  storyNaa,
  storyNow,
  vmfsDisk,
  windowsBootDisk,
  windowsFacts,
} from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import { assess } from './assess.js';
import type { Facts } from './facts.js';
import { summarize } from './summarize.js';
import { direct, hotAdd, linuxBeside, unknown } from './testing/cases.js';
import { reportAt } from './testing/readings.js';
import { titled } from './titled.js';

type Verdict = [name: string, facts: HostFacts, host?: Partial<Facts>];

const or = (value: unknown, none: string): string => (value === null ? none : String(value));
const many = (texts: readonly string[], none = 'none'): string => (texts.length === 0 ? none : texts.join(', '));

function scoresOf({ score, low, completeness, level, floors, missing, mode, patch }: Assessment): string[] {
  return [
    `${level}: ${low} to ${score}, ${Math.round(completeness * 100)} % known`,
    `not known: ${many(missing)}; floors: ${many(floors)}`,
    `mode: ${mode.effective}, ${mode.evidence}: ${mode.detail}`,
    `patches: ${patch.level}: ${patch.detail}`,
  ];
}

const modeOf = ({ mode, inForce, feasible, feasibility, low, score, level, unmasked }: ModeScore): string =>
  `${mode}${inForce ? ' (in force)' : ''}: ${level}, ${low} to ${score}; without LUNs ${unmasked.level}, ` +
  `${unmasked.low} to ${unmasked.score}; possible: ${feasible}: ${feasibility}`;

function reachOf({ exposure, validity, validUntil }: Assessment): string[] {
  const { visibleDisks, vmfsLuns, unmappedLuns, datastores, vms, isComplete, gaps = [], mapCollectedAt } = exposure;
  const on = datastores.map(
    (one) => `${one.name} (${one.vms}${(one.doubts ?? []).map((doubt) => `, ${doubt}`).join('')})`,
  );
  return [
    `sees ${or(visibleDisks, '?')} disks, ${or(vmfsLuns, '?')} VMFS LUNs, ${unmappedLuns} on no map`,
    `reaches ${vms} VMs on ${many(on)}; ${isComplete ? 'complete' : 'incomplete'}; map of ${or(mapCollectedAt, 'no day')}`,
    `gaps in the maps: ${gaps.length}`,
    `until ${validUntil}: report ${or(validity.reportMs, 'no')} ms, map ${or(validity.mapUntil, 'no end')}, calendar ${or(validity.calendarUntil, 'no end')}`,
  ];
}

/** What is well, and helps nobody by its repair, is only named. */
const driversOf = ({ drivers }: Assessment): string[] => [
  ...drivers.filter(({ state }) => state !== 'good').map(driverOf),
  `  good: ${many(drivers.filter(({ state }) => state === 'good').map(({ factor }) => factor))}`,
];

const driverOf = ({ factor, state, ifFixed, label, value, evidence }: Driver): string => {
  const read = evidence.map(({ source, observedAt }) => `${source}, ${or(observedAt, 'no date')}`);
  return `  ${ifFixed} without ${factor}, ${state}: ${label}: ${value} [${many(read)}]`;
};

/** What an operator is told of a host, but for its findings. */
function inWords([name, facts, around = {}]: Verdict): string {
  const host: Facts = { ...hostOf(facts), ...around };
  const verdict = titled(assess(host, storyNow));
  const row = summarize(host, verdict);
  const shown = `${row.state}, ${row.os}, automount ${row.automount}, SAN policy ${row.sanPolicy}, ${or(row.writableLuns, '?')} writable`;
  const lines = [
    ...scoresOf(verdict),
    `in lists: ${shown}: ${or(row.topReason, 'nothing')}`,
    ...verdict.modes.map(modeOf),
    ...reachOf(verdict),
    ...driversOf(verdict),
  ];
  return [name, ...lines.map((line) => `  ${line}`)].join('\n');
}

function describeVerdicts(of: string, verdicts: readonly Verdict[]): void {
  describe(`the verdicts on ${of}`, () => {
    it('are those that somebody has read and found right', async () => {
      const text = `${verdicts.map(inWords).join('\n\n')}\n`;
      await expect(text).toMatchFileSnapshot(`../golden/verdicts-${of.replaceAll(' ', '-')}.golden`);
    });
  });
}

const san = (change: Partial<WindowsFacts>, ...disks: WindowsDisk[]): WindowsFacts =>
  windowsFacts({ transport: direct, disks: { value: [windowsBootDisk(), ...disks] }, ...change });
const lun = (number: number, change: Partial<WindowsDisk> = {}): WindowsDisk => vmfsDisk(number, undefined, change);
const open = { isOffline: { value: false }, isReadOnly: { value: false } } as const;
const path = (number: number, of: number, change: Partial<WindowsDisk> = {}): WindowsDisk =>
  vmfsDisk(number, storyNaa(of), change);
const attempt: UpdateAttempt = {
  id: 'KB5034441',
  title: 'x',
  at: daysBefore(2),
  result: 'failed',
  hresult: '0x800f0922',
};
const server2012 = {
  caption: 'Server 2012 R2',
  version: '6.3.9600',
  ubr: 1,
  edition: 'x',
  productType: 'server',
} as const;
const neglected = san(
  {
    roles: { value: ['proxy', 'backup-server'] },
    sanPolicy: { value: 'OnlineAll' },
    automount: { value: 'enabled' },
    os: { value: server2012 },
    lastUpdateSuccessAt: { value: daysBefore(400) },
    pendingReboot: { value: ['servicing'] },
    updateHistory: { value: [attempt] },
    pendingUpdates: {
      value: [
        { id: 'KB5034441', title: 'x', severity: 'critical', categories: ['Upgrades'], cves: [], needsReboot: true },
      ],
    },
    updatePolicy: {
      value: {
        noAutoUpdate: false,
        auOptions: 4,
        scheduledInstallDay: 0,
        scheduledInstallHour: 3,
        alwaysAutoReboot: true,
        usesWsus: false,
      },
    },
  },
  lun(1, open),
  lun(2),
);
const blind = windowsFacts({
  roles: unknown,
  transport: unknown,
  pendingUpdates: unknown,
  lastUpdateSuccessAt: unknown,
  pendingReboot: unknown,
  os: unknown,
  sanPolicy: unknown,
  automount: unknown,
  staleMountPoints: unknown,
  disks: unknown,
  updateHistory: unknown,
  updatePolicy: unknown,
});
const yesterday = '2026-11-19T06:00:00Z';

describeVerdicts('hosts by what they tell', [
  ['well kept, without a LUN', windowsFacts()],
  ['well kept, with two LUNs', san({}, lun(1), lun(2))],
  ['neglected in everything', neglected],
  ['neglected, and silent since yesterday', neglected, reportAt(neglected, yesterday)],
  ['well kept, and silent since yesterday', san({}, lun(1)), reportAt(san({}, lun(1)), yesterday)],
  ['of unproven age', san({}, lun(1)), reportAt(san({}, lun(1)), null)],
  ['blind', blind],
  ['blind, neglected in the report before', blind, reportAt(blind, '2026-11-20T06:00:00Z', neglected)],
  ['never heard of', windowsFacts(), { report: null, lastSeenAt: null }],
  ['two under one name', san({}, lun(1)), { identityConflict: true }],
  ['Linux, guarded', linuxBeside()],
  ['Linux, writable', linuxBeside({ readOnly: { value: false } })],
  [
    'Linux, bare',
    {
      ...linuxBeside({ readOnly: { value: false } }),
      lvmGuard: { value: 'none' },
      multipath: { value: 'inactive' },
      foreignVolumeGroups: { value: ['vg_erp'] },
    },
  ],
  [
    'Linux, blind',
    linuxFacts({ disks: unknown, lvmGuard: unknown, multipath: unknown, foreignVolumeGroups: unknown, os: unknown }),
  ],
  ['Linux, hot-add', linuxFacts({ transport: hotAdd })],
]);

const wornOut: Partial<Facts> = { map: mapOf(storyMap('2026-11-20T05:50:00Z').datastores, '2026-11-19T05:50:00Z') };
const gold = datastoreOn(storyNaa(1), 'gold', [1, 2]);
const silver = datastoreOn(storyNaa(2), 'silver', [2, 3], 'datastore-2');
const mapped = (...datastores: Facts['map']['datastores']): Partial<Facts> => ({
  map: { ...mapOf([], '2026-11-20T05:50:00Z'), datastores },
});

describeVerdicts('hosts by their LUNs', [
  ['one LUN by two paths, one of them online', san({}, path(1, 1), path(2, 1, { isOffline: { value: false } }))],
  ['one LUN by two paths, one of them writable', san({}, path(1, 1), path(2, 1, { isReadOnly: { value: false } }))],
  [
    'one LUN by two paths, one of which nobody read',
    san({}, path(1, 1), path(2, 1, { isOffline: unknown, isReadOnly: unknown })),
  ],
  [
    'a LUN that is mounted',
    san(
      {},
      lun(1, {
        ...open,
        partitions: { value: [{ number: 1, gptType: null, mbrType: 0xfb, sizeBytes: '1', accessPaths: ['E:\\'] }] },
      }),
    ),
  ],
  ['a LUN that was overwritten', san({}, lun(1, { ...open, partitionStyle: 'RAW', partitions: { value: [] } }))],
  ['a LUN on no map', san({}, path(1, 99))],
  ['a blank LUN on no map', san({}, path(1, 99, { ...open, partitionStyle: 'RAW', partitions: { value: [] } }))],
  ['a local disk', san({}, path(1, 99, { busType: 11, partitions: { value: [] } }))],
  ['a list without a disk', san({ disks: { value: [] } })],
  ['a LUN that the array guards', san({}, lun(1, { ...open, isArrayReadOnly: { value: true } }))],
  ['an old map', san({}, lun(1)), wornOut],
  ['no map', san({}, lun(1)), { map: mapOf([], null) }],
  ['no vCenter', san({}, lun(1)), { map: { vcenters: [], datastores: [] } }],
  ['two datastores that share a VM', san({}, lun(1), lun(2)), mapped(gold, silver)],
  [
    'two datastores of which the map says what they share',
    san({}, lun(1), lun(2)),
    mapped({ ...gold, sharedVmIds: gold.vmIds.slice(1) }, { ...silver, sharedVmIds: silver.vmIds.slice(0, 1) }),
  ],
  [
    'a datastore on two LUNs',
    san({}, lun(1), lun(2)),
    mapped({ ...gold, extents: [...gold.extents, ...silver.extents] }),
  ],
  [
    'datastores in doubt',
    san({}, lun(1), lun(2)),
    mapped({ ...gold, isStale: true }, { ...silver, isCopy: true, isNewGeneration: true }),
  ],
]);

const virtual = {
  machine: { value: { isVirtual: true, vendor: 'VMware, Inc.', model: 'VMware7,1', biosUuid: null } },
} as const;
const auto = { value: { configured: 'auto', source: 'product' } } as const;
const seen = (
  ...observed: { mode: 'network' | 'virtual-appliance' | 'direct-san'; tasks: number; lastSeenAt: string }[]
) => ({
  transport: { value: { configured: 'direct-san', source: 'operator', observed } } as const,
});

describeVerdicts('hosts by their mode', [
  ['hot-add as it is set', windowsFacts({ ...virtual, transport: hotAdd })],
  ['hot-add with automount', windowsFacts({ ...virtual, transport: hotAdd, automount: { value: 'enabled' } })],
  ['a VM that chooses by itself', windowsFacts({ ...virtual, transport: auto })],
  ['a machine that chooses by itself', windowsFacts({ transport: auto })],
  [
    'a machine that nobody asked what it is, and that chooses by itself',
    windowsFacts({ machine: unknown, transport: auto }),
  ],
  ['one that chooses by itself beside a LUN', san({ transport: auto }, lun(1))],
  [
    'one that chooses by itself, of old',
    windowsFacts({ transport: auto }),
    reportAt(windowsFacts({ transport: auto }), yesterday),
  ],
  [
    'tasks in two modes',
    windowsFacts(
      seen(
        { mode: 'network', tasks: 5, lastSeenAt: '2026-11-20T05:00:00Z' },
        { mode: 'virtual-appliance', tasks: 2, lastSeenAt: '2026-11-20T05:00:00Z' },
      ),
    ),
  ],
  [
    'as many tasks in one mode as in the other',
    windowsFacts(
      seen(
        { mode: 'virtual-appliance', tasks: 2, lastSeenAt: '2026-11-20T05:00:00Z' },
        { mode: 'network', tasks: 2, lastSeenAt: '2026-11-20T05:00:00Z' },
      ),
    ),
  ],
  [
    'tasks of long ago, and none',
    windowsFacts(
      seen(
        { mode: 'network', tasks: 5, lastSeenAt: '2026-09-20T05:00:00Z' },
        { mode: 'network', tasks: 0, lastSeenAt: '2026-11-20T05:00:00Z' },
      ),
    ),
  ],
]);
