/**
 * What an administrator pastes on a proxy beside the downloaded collector: put it where only administrators write, enrol
 * and report, then report every five minutes (a host that is not heard for fifteen counts as silent).
 * An origin and a token hold no character that a shell would read.
 */
export function installCommand(platform: 'windows' | 'linux', server: string, token: string): string {
  return (platform === 'linux' ? linux(server, token) : windows(server, token)).join('\n');
}

const linux = (server: string, token: string) => [
  'sudo install -m 0755 lunwarden-collect.sh /usr/local/sbin/',
  `sudo /usr/local/sbin/lunwarden-collect.sh --enroll --server '${server}' --token '${token}'`,
  'sudo /usr/local/sbin/lunwarden-collect.sh',
  "echo '*/5 * * * * root /usr/local/sbin/lunwarden-collect.sh' | sudo tee /etc/cron.d/lunwarden",
];

// Windows PowerShell 5.1; a trigger without a duration is refused on Server 2012 R2.
const windows = (server: string, token: string) => [
  '$script = "$env:ProgramFiles\\Lunwarden\\Invoke-LunwardenCollect.ps1"',
  'New-Item -ItemType Directory -Force (Split-Path $script) | Out-Null',
  'Copy-Item .\\Invoke-LunwardenCollect.ps1 $script',
  `powershell.exe -NoProfile -ExecutionPolicy Bypass -File $script -Server '${server}' -EnrollToken '${token}'`,
  '$run = New-ScheduledTaskAction -Execute powershell.exe -Argument "-NoProfile -ExecutionPolicy Bypass -File `"$script`""',
  '$every = New-ScheduledTaskTrigger -Once -At (Get-Date) -RepetitionInterval (New-TimeSpan -Minutes 5) -RepetitionDuration (New-TimeSpan -Days 3650)',
  'Register-ScheduledTask -TaskName Lunwarden -Action $run -Trigger $every -User SYSTEM -RunLevel Highest -Force',
];
