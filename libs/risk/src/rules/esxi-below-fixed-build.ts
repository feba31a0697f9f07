import { judgeEsxiFixes } from '../fixes.js';
import type { About, Rule } from '../rule.js';

export const about: About = {
  code: 'ESX-001',
  title: 'An ESXi host in reach lacks a fix for a known vulnerability',
  safeTitle: 'Every ESXi host in reach has the fixes that the feed knows',
  signals: ['inventory', 'feeds'],
};

/** ESX-001: a guest breaks out, or ransomware encrypts whole datastores at once. */
export const esxiBelowFixedBuild: Rule = {
  id: 'esxi-below-fixed-build',
  severity: 'high',
  judge: (context) => judgeEsxiFixes(context),
};
