import { aboutOf } from '../abouts.js';
import { adviceOf } from '../advice.js';
import { rules } from '../catalogue.js';
import type { Rule } from '../rule.js';
import { traps } from '../traps/table.js';
import { trapTexts } from '../traps/texts.js';

const families: Readonly<Record<string, string>> = {
  WIN: 'Windows guards and disks',
  LUN: 'LUNs in sight',
  SAN: 'Direct SAN',
  HOT: 'Virtual Appliance (hot-add)',
  NET: 'Network mode',
  LNX: 'Linux proxies',
  PAT: 'Patches',
  VBR: 'Backup product',
  ESX: 'ESXi',
  CHG: 'Change windows',
  COL: 'Collectors and reports',
};

const familyOf = ({ id }: Rule): string => aboutOf(id).code.slice(0, 3);

/** `docs/rules.md`, whole: every rule and every trap, as the product itself knows them. */
export function rulesDocument(): string {
  const sections = Object.entries(families).flatMap(([family, title]) => [
    `## ${title}`,
    '',
    ...rules.filter((rule) => familyOf(rule) === family).flatMap(ruleSection),
  ]);
  return [
    '# Rules',
    '',
    `Lunwarden asks ${rules.length} questions about every host. Each is answered \`at-risk\`, \`safe\`, \`unknown\` or`,
    '`not-applicable`; what nobody could read is never safe. Severity is that of the plain case: the host page shows the',
    'severity of the case at hand.',
    '',
    'This page is written by the rules themselves. To write it anew after a change:',
    '`npx vitest run --project unit libs/risk/src/rules-document.spec.ts -u`.',
    '',
    '| Code | Rule | Warns that | Severity |',
    '|---|---|---|---|',
    ...rules.map(({ id, severity }) => {
      const { code, title } = aboutOf(id);
      return `| ${code} | [${id}](#${code.toLowerCase()}-${id}) | ${title} | ${severity} |`;
    }),
    '',
    ...sections,
    ...trapSection(),
  ].join('\n');
}

function ruleSection({ id, severity }: Rule): string[] {
  const { code, title, safeTitle, signals } = aboutOf(id);
  const advice = adviceOf(id);
  return [
    `### ${code} ${id}`,
    '',
    `**${title}.** Severity: ${severity}. Where all is well: "${safeTitle}".`,
    '',
    advice?.why ?? '',
    '',
    ...(advice?.remedy ?? []).map((step, at) => `${at + 1}. ${step}`),
    '',
    ...(advice?.unsafeFix == null ? [] : [`Not this: ${advice.unsafeFix}`, '']),
    `Reads: ${signals.map((signal) => `\`${signal}\``).join(', ')}. Source: ${advice?.source ?? ''}.`,
    '',
  ];
}

function trapSection(): string[] {
  return [
    '# Traps',
    '',
    'Updates and situations with a fix that everybody finds and nobody should use beside LUNs. They are recognised in waiting',
    'updates, failed attempts and planned changes. Before any safe fix below: stop the jobs and unmask the LUNs.',
    '',
    ...traps.flatMap(({ id, title, updates, codes, changes }) => {
      const { popularFix, whyDangerous, safeFix, source } = trapTexts[id];
      const signs = [...updates, ...codes, ...changes].map((sign) => `\`${sign}\``).join(', ');
      return [
        `## ${id} ${title}`,
        '',
        `Recognised by ${signs === '' ? 'the class of the update' : signs}.`,
        '',
        `Popular fix: ${popularFix} ${whyDangerous}`,
        '',
        ...safeFix.map((step, at) => `${at + 1}. ${step}`),
        '',
        `Source: ${source}.`,
        '',
      ];
    }),
  ];
}
