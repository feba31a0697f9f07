import { esxiBuilds, veeamBuilds } from '@lunwarden/feeds';
import { esxiStates, fixStates } from '@lunwarden/risk';
import { expect, test } from 'vitest';

const stateOf = (states: ReturnType<typeof fixStates>, cve: string) => states.find((one) => one.cve === cve)?.state;
const veeam = (cve: string, build: string, patches: string[] | null = null) =>
  stateOf(fixStates({ build, patches, isDomainJoined: null }, veeamBuilds), cve);
const esxi = (cve: string, line: string, build: number) => stateOf(esxiStates({ line, build }, esxiBuilds), cve);

test.each([
  ['CVE-2025-23121', '12.3.1.1139', 'affected'],
  ['CVE-2025-23121', '12.3.2.3617', 'fixed'],
  ['CVE-2025-23121', '12.3.2.4165', 'fixed'],
  ['CVE-2025-23120', '12.3.0.310', 'unproven'],
  ['CVE-2025-23120', '12.2.0.334', 'affected'],
  ['CVE-2023-27532', '9.5.4.2866', 'affected'],
  ['CVE-2024-40711', '13.0.1.180', 'fixed'],
  // No fix was ever made for 11, which is older than every fixed build.
  ['CVE-2024-40711', '11.0.1.1261', 'affected'],
  ['CVE-2025-48983', '13.0.0.4967', 'unproven'],
  ['CVE-2026-32997', '13.0.1.2067', 'affected'],
  ['CVE-2026-32997', '13.0.2.29', 'fixed'],
  ['CVE-2026-44963', '12.3.2.4465', 'affected'],
  ['CVE-2026-44963', 'v12', 'unproven'],
])('Veeam: %s on %s is %s', (cve, build, state) => {
  expect(veeam(cve, build)).toBe(state);
});

test('Veeam: a build that only a private fix makes safe is not known while nobody read the fixes', () => {
  const onBoundary = (patches: string[] | null) => veeam('CVE-2023-27532', '11.0.1.1261', patches);
  expect(onBoundary(null)).toBe('unproven');
  expect(onBoundary([])).toBe('affected');
  expect(onBoundary(['P20220302'])).toBe('affected');
  expect(onBoundary(['P20230227'])).toBe('fixed');
  expect(onBoundary(['P20240304'])).toBe('fixed');
});

test('ESXi: builds compare within one update line only', () => {
  // 24789317 fixes U2 and is a higher number than the fix of U3.
  expect(esxi('CVE-2025-41236', '8.0 U3', 24_784_735)).toBe('fixed');
  expect(esxi('CVE-2025-41236', '8.0 U2', 24_784_735)).toBe('affected');
  expect(esxi('CVE-2025-41236', '8.0 U1', 25_000_000)).toBe('unproven');
  expect(esxi('CVE-2025-41236', '9.0', 24_755_229)).toBe('unproven');
  expect(esxi('CVE-2024-37085', '8.0 U2', 24_585_300)).toBe('unproven');
});

test('ESXi: 7.0 never gets the fix of CVE-2024-37085', () => {
  expect(esxi('CVE-2024-37085', '7.0 U3', 99_999_999)).toBe('affected');
});

test('every row of the tables is a build of its own branch', () => {
  for (const { branch, build } of veeamBuilds.fixes) {
    expect(build).toMatch(/^\d+(\.\d+){2,3}$/);
    expect(Number.parseInt(build, 10)).toBeGreaterThanOrEqual(Number.parseInt(branch, 10));
  }
  for (const { branch, build } of esxiBuilds.fixes) expect([branch, build].join(' ')).toMatch(/^\d\.\d U\d \d{8}$/);
});
