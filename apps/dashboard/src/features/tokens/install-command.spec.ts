// @vitest-environment node
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { installCommand } from './install-command.js';

const collector = (path: string) => readFileSync(new URL(`../../../../collectors/${path}`, import.meta.url), 'utf8');

it('uses only options that the Linux collector has', () => {
  const script = collector('linux/lunwarden-collect.sh');
  const options = installCommand('linux', 'https://lw.example', 'lwt_1').match(/ --[a-z-]+/g) ?? [];
  expect(options).toHaveLength(3);
  for (const option of options) expect(script).toContain(`${option.trim()})`);
});

it('uses only parameters that the Windows collector has', () => {
  const script = collector('windows/Invoke-LunwardenCollect.ps1');
  const enrol =
    installCommand('windows', 'https://lw.example', 'lwt_1')
      .split('\n')
      .find((line) => line.includes('lwt_1')) ?? '';
  const parameters = enrol.split('$script')[1]?.match(/ -[A-Za-z]+/g) ?? [];
  expect(parameters).toHaveLength(2);
  for (const parameter of parameters) expect(script).toContain(`[string]$${parameter.trim().slice(1)} =`);
});
