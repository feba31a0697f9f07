import { notApplicable, verdictOf } from '../judging.js';
import { judgeProxy } from '../outside.js';
import type { About, Rule } from '../rule.js';

export const about: About = {
  code: 'NET-001',
  title: 'Backup data crosses the network in the clear',
  safeTitle: 'Backup data crosses the network encrypted',
  signals: ['product', 'transport'],
};

/** NET-001: whoever can listen on the LAN reads the disks that are backed up. */
export const networkModeUnencrypted: Rule = {
  id: 'network-mode-unencrypted',
  severity: 'medium',
  judge: (context) => {
    const { mode, facts } = context;
    const transport = facts.report?.facts.transport;
    const mayFallBack = transport === undefined || 'unknown' in transport || transport.value.allowFallback !== false;
    if (mode.effective !== 'network' && mode.effective !== 'unknown' && !mayFallBack) return notApplicable;
    return judgeProxy(
      context,
      { name: 'Encryption of network mode is', fact: (proxy) => proxy.encryptsNetwork },
      (is, place) => verdictOf(!is, is ? 'NBD over TLS' : 'NBD without TLS', place),
    );
  },
};
