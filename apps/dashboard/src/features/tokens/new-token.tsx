import type { EnrollTokenCreated } from '@lunwarden/contract';
import { Command, Copy } from '../../ui/copy.js';
import { installCommand } from './install-command.js';

export function NewToken({ created }: { created: EnrollTokenCreated }) {
  const server = window.location.origin;
  return (
    <div className="bar sev-low stack wide" role="status" data-testid="new-token">
      <p>
        <strong>Copy it now: the token is not shown again.</strong>
      </p>
      <p className="row">
        <code data-testid="token">{created.token}</code>
        <Copy text={created.token} label="Copy token" />
      </p>
      <p>
        Copy the collector to the proxy first; the commands run beside it. Add --ca FILE on Linux if your authority is
        not known there.
      </p>
      <h3>Linux proxy</h3>
      <Command text={installCommand('linux', server, created.token)} />
      <h3>Windows proxy, in an elevated PowerShell</h3>
      <Command text={installCommand('windows', server, created.token)} />
    </div>
  );
}
