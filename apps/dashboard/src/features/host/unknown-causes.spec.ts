// @vitest-environment node
import type { Finding, Severity } from '@lunwarden/contract';
import { expect, it } from 'vitest';
import { unknownGroups } from './unknown-causes.js';

let number = 100;
const finding = (
  text: string,
  source: string,
  severity: Severity = 'medium',
  more: Partial<Finding> = {},
): Finding => ({
  code: `WIN-${number++}`,
  rule: `rule-${number}`,
  verdict: 'unknown',
  severity,
  title: 'A question',
  evidence: [{ text, source, observedAt: null }],
  ...more,
});

it('gathers questions under what keeps them from being answered, and says what to do', () => {
  const groups = unknownGroups(
    [
      finding('Jobs are not known: the collector did not ask', 'backup product'),
      finding('ESXi hosts are not known: the collector did not ask', 'vCenter inventory'),
      finding('No map', 'LUN map of the vCenters', 'critical'),
    ],
    false,
  );
  expect(groups.map(({ because, gravest, findings }) => [because, gravest, findings.length])).toEqual([
    ['there is no vCenter map', 'critical', 2],
    ['the backup product was not asked, or did not tell', 'medium', 1],
  ]);
  expect(groups[0]?.next).toMatchObject({ to: '/setup/vcenters' });
});

it('does not say that there is no map where there is one', () => {
  const [group] = unknownGroups([finding('Snapshots are not known', 'vCenter inventory')], true);
  expect(group?.because).toBe('the vCenter did not tell it');
});

it('blames a silent host before it blames whoever would be asked about it', () => {
  const [group] = unknownGroups(
    [finding('The role of the host is not known: the host has never reported', 'backup product')],
    true,
  );
  expect(group).toMatchObject({ because: 'the host has never reported', next: { to: '/setup/tokens' } });
});

it('tells a collector that was denied from one that is old', () => {
  const groups = unknownGroups(
    [
      finding('Automount is not known: the collector was denied access', 'MountMgr\\NoAutoMount'),
      finding('SAN policy is not known: the collector did not ask', 'MSFT_StorageSetting.NewDiskPolicy'),
    ],
    true,
  );
  expect(groups.map(({ next }) => next.text)).toEqual([
    'Run the collector as an administrator or root',
    'Install the newest collector on the host',
  ]);
});

it('looks past evidence that was read, drops no question, and groups nothing but questions', () => {
  const read = { text: '8 LUNs in sight', source: 'disk list of the host', observedAt: '2026-11-22T07:00:00Z' };
  const missing = { text: 'Jobs are not known', source: 'backup product', observedAt: null };
  const questions = [
    finding('', '', 'low', { evidence: [read, missing] }),
    finding('', '', 'low', { evidence: [] }),
    finding('', '', 'low', { evidence: [read] }),
  ];
  const groups = unknownGroups([...questions, finding('fine', 'x', 'critical', { verdict: 'safe' })], true);
  expect(groups.flatMap(({ findings }) => findings)).toHaveLength(questions.length);
  expect(groups.map(({ because }) => because)).toEqual([
    'the report of the host does not tell it',
    'the backup product was not asked, or did not tell',
  ]);
});
