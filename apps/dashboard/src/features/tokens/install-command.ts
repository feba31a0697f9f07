/** Commands that an administrator pastes on a proxy. The origin and the token hold no character that a shell would read. */
export function installCommand(platform: 'windows' | 'linux', server: string, token: string): string {
  return platform === 'linux' ? linux(server, token) : windows(server, token);
}

const linux = (server: string, token: string) =>
  [
    `sudo install -m 0755 lunwarden-collect.sh /usr/local/sbin/`,
    `sudo /usr/local/sbin/lunwarden-collect.sh --enroll --server '${server}' --token '${token}'`,
    // Every five minutes: a host that is not heard for fifteen counts as silent.
    `echo '*/5 * * * * root /usr/local/sbin/lunwarden-collect.sh' | sudo tee /etc/cron.d/lunwarden`,
    `sudo /usr/local/sbin/lunwarden-collect.sh`,
  ].join('\n');

const windows = (server: string, token: string) =>
  `powershell.exe -NoProfile -ExecutionPolicy Bypass -File .\\Invoke-LunwardenCollect.ps1 -Server '${server}' -EnrollToken '${token}' -Register`;
