import { expect, test } from 'vitest';
import { parseSysteminfo } from './systeminfo.js';

const german = (hotfixes = 2, boot = '14.03.2026, 08:34:58') => `
Hostname:                                      VBR-PROXY-3
Betriebssystemname:                            Microsoft Windows Server 2022 Standard
Betriebssystemversion:                         10.0.20348 Nicht zutreffend Build 20348
Betriebssystemhersteller:                      Microsoft Corporation
Ursprüngliches Installationsdatum:             01.02.2024, 09:40:53
Systemstartzeit:                               ${boot}
Systemtyp:                                     x64-based PC
Prozessor(en):                                 1 Prozessor(en) installiert.
                                               [01]: Intel64 Family 6 Model 85
BIOS-Version:                                  VMware 6.1.7601 Build, 12.11.2020
Hotfix(es):                                    ${hotfixes} Hotfix(e) installiert.
                                               [01]: KB5008882
                                               [02]: KB5011497
Netzwerkkarte(n):                              1 Netzwerkadapter installiert.
                                               [01]: vmxnet3
`;
const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string, mark = true) =>
  Uint8Array.from(
    [...(mark ? '\ufeff' : ''), ...text].flatMap((char) => [char.charCodeAt(0) & 255, char.charCodeAt(0) >> 8]),
  );
const latin1 = (text: string) => Uint8Array.from([...text].map((char) => char.charCodeAt(0) & 255));

const host = {
  hostname: 'VBR-PROXY-3',
  caption: 'Microsoft Windows Server 2022 Standard',
  version: '10.0.20348',
  isServer: true,
  architecture: 'x64',
  installedUpdates: { value: ['KB5008882', 'KB5011497'] },
  bootedAt: { text: '14.03.2026, 08:34:58', localIso: '2026-03-14T08:34:58' },
};

test.each([
  ['UTF-8', utf8(german())],
  ['UTF-8 with a mark', utf8(`\ufeff${german()}`)],
  ['UTF-16', utf16(german())],
  ['UTF-16 without a mark', utf16(german(), false)],
  ['a code page', latin1(german())],
])('systeminfo in %s says the same', (_, bytes) => {
  expect(parseSysteminfo(bytes)).toMatchObject({ host });
});

test('a list that is shorter than it says is unknown, never a list without the rest', () => {
  expect(parseSysteminfo(utf8(german(9)))).toMatchObject({ host: { installedUpdates: { unknown: 'truncated' } } });
});

test('a host without a list of updates is unknown, never without updates', () => {
  const bare = german().replace(/Hotfix[\s\S]*?KB5011497/, 'Hotfix(es):       N/V');
  expect(parseSysteminfo(utf8(bare))).toMatchObject({ host: { installedUpdates: { unknown: expect.any(String) } } });
});

test('a day that could be two days is none', () => {
  expect(parseSysteminfo(utf8(german(2, '03.04.2026, 08:34:58')))).toMatchObject({
    host: { bootedAt: { text: '03.04.2026, 08:34:58', localIso: null } },
  });
});

test.each([
  ['empty', new Uint8Array()],
  ['huge', new Uint8Array(2_000_000)],
  ['another text', utf8('Name: value\nOther: value\n')],
  ['a formula as its name', utf8(german().replace('VBR-PROXY-3', '=cmd|calc'))],
  ['noise', Uint8Array.from({ length: 65_536 }, (_, n) => (n * 7_919) % 256)],
  ['one endless line', utf8(`a:${' '.repeat(900_000)}`)],
])('a file that is %s is refused', (_, bytes) => {
  expect(parseSysteminfo(bytes)).toHaveProperty('refused');
});
