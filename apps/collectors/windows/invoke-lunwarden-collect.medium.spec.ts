import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { WindowsFacts } from '@lunwarden/contract';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Node } from 'web-tree-sitter';
import { assignedMembersOf, brokenLines, commandsOf, functionsOf, methodsOf, powershellParser } from './powershell.js';

const file = fileURLToPath(new URL('Invoke-LunwardenCollect.ps1', import.meta.url));
const text = readFileSync(file, 'utf8');

/** All that the script may call. None of these changes the host; what it calls beyond them fails here. */
const readers = new Set([
  ...[
    'Get-Acl',
    'Get-ChildItem',
    'Get-CimAssociatedInstance',
    'Get-CimInstance',
    'Get-Command',
    'Get-Content',
    'Get-FileHash',
  ],
  ...[
    'Get-Item',
    'Get-Module',
    'Get-StorageSetting',
    'Get-VBRViProxy',
    'Import-Module',
    'Invoke-WebRequest',
    'Test-Path',
  ],
  ...['ConvertFrom-Json', 'ConvertTo-Json', 'ForEach-Object', 'Join-Path', 'New-Object', 'Out-Null', 'Select-Object'],
  ...['Set-StrictMode', 'Sort-Object', 'Where-Object', 'Write-Output', 'Write-Verbose'],
  ...['Start-Job', 'Wait-Job', 'Receive-Job', 'Remove-Job'],
]);
/** Calls of a variable: script blocks and function names that the script itself made. */
const own = new Set(['$flag', '$number', '$read']);
/** The only places that may write, and what they may use: the script's own state, its own copy and its own task. */
const writers: Record<string, string[]> = {
  'Write-StateFile': ['File.WriteAllText', 'File.Delete', 'File.Move'],
  'Remove-StateFile': ['File.Delete'],
  'Initialize-StateDirectory': ['Directory.CreateDirectory', 'icacls.exe'],
  'Install-Collector': [
    ...['Directory.CreateDirectory', 'File.Copy', 'New-ScheduledTaskAction', 'New-ScheduledTaskTrigger'],
    ...['New-ScheduledTaskPrincipal', 'New-ScheduledTaskSettingsSet', 'New-TimeSpan', 'Register-ScheduledTask'],
  ],
  'Uninstall-Collector': ['Unregister-ScheduledTask', 'File.Delete'],
  'ConvertTo-Gzip': ['Write', 'Dispose'],
  'Stop-Collector': ['WriteLine'],
};
const readingMethods = new Set([
  ...[
    'Abs',
    'Contains',
    'ContainsKey',
    'ContainsValue',
    'CreateUpdateSearcher',
    'Exists',
    'Floor',
    'GetBytes',
    'GetCurrent',
  ],
  ...[
    'GetEnumerator',
    'GetHostEntry',
    'GetOwner',
    'GetTimestamp',
    'GetTotalHistoryCount',
    'GetValue',
    'GetValueNames',
    'IsInRole',
  ],
  ...[
    'GetUnresolvedProviderPathFromPSPath',
    'Item',
    'Match',
    'Matches',
    'Min',
    'NewGuid',
    'QueryHistory',
    'ReadAllText',
    'Search',
    'Split',
    'Substring',
  ],
  ...[
    'ToArray',
    'ToLowerInvariant',
    'ToString',
    'ToUnixTimeMilliseconds',
    'ToUnixTimeSeconds',
    'Trim',
    'TrimEnd',
    'TrimStart',
    'Where',
  ],
]);
const objects = new Set([
  ...['Microsoft.Update.Session', 'Microsoft.Update.AutoUpdate', 'System.TimeoutException', 'System.Text.UTF8Encoding'],
  ...['System.IO.MemoryStream', 'System.IO.Compression.GZipStream', 'System.Security.Principal.WindowsPrincipal'],
]);

/** What a script calls that it has no leave to call. */
function forbidden(root: Node): string[] {
  const functions = new Set(functionsOf(root));
  const mayWrite = ({ name, inside }: { name: string; inside: string }) => writers[inside]?.includes(name) === true;
  const commands = commandsOf(root).filter(
    (call) => !(readers.has(call.name) || own.has(call.name) || functions.has(call.name) || mayWrite(call)),
  );
  const methods = methodsOf(root).filter(
    (call) => !(readingMethods.has(call.name.replace(/^.*\./, '')) || mayWrite(call)),
  );
  const created = [...root.text.matchAll(/New-Object (?:-ComObject )?([\w.]+)/g)].filter(
    ([, type = '']) => !objects.has(type),
  );
  const set = assignedMembersOf(root).filter(
    ({ name }) => !['$searcher.Online', '[System.Net.ServicePointManager]::SecurityProtocol'].includes(name.trim()),
  );
  return [...commands, ...methods, ...set]
    .map(({ name, line }) => `${line}: ${name}`)
    .concat(created.map(([found]) => found));
}

describe('the Windows collector, read without PowerShell', () => {
  let parse: (text: string) => Node;
  let root: Node;
  beforeAll(async () => {
    parse = await powershellParser();
    root = parse(text);
  });

  it('is PowerShell from its first line to its last', () => {
    expect(brokenLines(root)).toEqual([]);
  });

  it.each([
    ['a brace that is missing', (script: string) => script.replace('\n}\n', '\n')],
    ['a quote that is never closed', (script: string) => script.replace("$script:Name = '", '$script:Name = ')],
    ['a parenthesis too many', (script: string) => script.replace('if ($OutFile', 'if (($OutFile')],
  ])('would be refused with %s', (_name, broken) => {
    expect(brokenLines(parse(broken(text)))).not.toEqual([]);
  });

  it('calls nothing that changes the host', () => {
    expect(forbidden(root)).toEqual([]);
  });

  it('installs itself only when told to', () => {
    const installing = commandsOf(root).filter(({ name }) => /^(Uni|I)nstall-Collector$/.test(name));
    expect(installing.map(({ inside }) => inside)).toEqual(['', '']);
    expect(text).toMatch(/if \(\$Register\) \{\n {2}Install-Collector\n\}/);
    expect(text).toMatch(/if \(\$Unregister\) \{\n {2}Uninstall-Collector\n/);
  });

  it.each([
    'Set-Disk -Number 1 -IsOffline $false',
    'Get-Disk | Initialize-Disk',
    'Update-HostStorageCache',
    'diskpart /s x.txt',
    'mountvol.exe S: /S',
    '& reagentc /disable',
    '& $whatever',
    'iex "x"',
    'Add-Type -TypeDefinition "x"',
    'New-Object -ComObject WScript.Shell',
    "[System.IO.File]::WriteAllText('C:\\x', 'y')",
    '$key.SetValue("a", 1)',
    '$disk.InvokeMethod("Offline", $null)',
    '[Microsoft.Win32.Registry]::SetValue("a", "b", 1)',
    'Invoke-CimMethod -ClassName MSFT_Disk -MethodName Online',
    '$service.StartType = 1',
  ])('would be refused with %j in it', (line) => {
    expect(forbidden(parse(`${line}\n`))).not.toEqual([]);
  });

  it('is plain ASCII: Windows PowerShell reads a script without a mark in the code page of the system', () => {
    expect([...text].filter((character) => (character.codePointAt(0) ?? 0) > 126)).toEqual([]);
  });

  it('collects every fact that a Windows report must have, and no other', () => {
    const facts = [...text.matchAll(/^ {2}'[a-z-]+' += @\('(\w+)', '[\w-]+'\)$/gm)].map(([, fact = '']) => fact);
    const always = ['platform', 'hostname', 'elevated'];
    expect([...facts, ...always].sort()).toEqual(Object.keys(WindowsFacts.shape).sort());
  });

  it('sends back the nonce of the newest receipt', () => {
    expect(text).toMatch(/\$State\['nonce'\] = Get-Nonce \(\[string\]\$answer\['text'\]\)\n {6}Save-State \$State/);
    expect(text).toMatch(/\$report\['nonce'\] = \$State\['nonce'\]/);
  });

  it('names every class that it reads in the list for reviewers', () => {
    const list = /Get-ReadList \{([\s\S]*?)'@/.exec(text)?.[1] ?? '';
    const classes = [...text.matchAll(/-(?:Class|ResultClassName) (\w+)/g)].map(([, name = '']) => name);
    expect(classes.length).toBeGreaterThan(8);
    expect([...new Set(classes)].filter((name) => !list.includes(name))).toEqual([]);
  });
});

const hasPowershell = spawnSync('pwsh', ['-NoProfile', '-Command', '1']).status === 0;

describe('the Windows collector, read by PowerShell itself', () => {
  it('has no syntax error', ({ skip }) => {
    if (!hasPowershell) console.warn('SKIPPED: pwsh is not on this machine');
    skip(!hasPowershell, 'pwsh is not on this machine');
    const command = `$e = $null; [void][System.Management.Automation.Language.Parser]::ParseFile('${file}', [ref]$null, [ref]$e); $e.Count`;
    const { stdout } = spawnSync('pwsh', ['-NoProfile', '-Command', command], { encoding: 'utf8' });
    expect(stdout.trim()).toBe('0');
  });

  it('prints what it would read without reading it', ({ skip }) => {
    if (!hasPowershell) console.warn('SKIPPED: pwsh is not on this machine');
    skip(!hasPowershell, 'pwsh is not on this machine');
    const { stdout, status } = spawnSync('pwsh', ['-NoProfile', '-File', file, '-PrintReadList'], { encoding: 'utf8' });
    expect([status, stdout]).toEqual([0, expect.stringContaining('MSFT_Disk')]);
  });
});
