import { reportOf, vmfsDisk, windowsBootDisk, windowsFacts } from '@lunwarden/sample-fleet';
import { uuidv7 } from './house.mjs';

/** The NAA identifier of a LUN of these reports. */
export const naaOf = (lun) => `6000d31000f1a2${(0x100000 + lun).toString(16).padStart(18, '0')}`;

/**
 * A report of about 20 KB: 38 disks, 11 updates. `turn` says which LUN alone is writable; 37 turns apart it is the same
 * again. The fleet sees `luns` LUNs and the 37 behind them.
 */
export function factsOf(host, turn, luns = 2000) {
  const first = (host * 13) % luns;
  const disks = Array.from({ length: 37 }, (_, n) => {
    return vmfsDisk(n + 1, naaOf(first + n), n === turn % 37 && turn > 0 ? { isReadOnly: { value: false } } : {});
  });
  return windowsFacts({
    transport: { value: { configured: 'direct-san', directKind: 'san', source: 'product' } },
    disks: { value: [windowsBootDisk(), ...disks] },
    pendingUpdates: {
      value: Array.from({ length: 11 }, (_, n) => ({
        id: `KB50${34439 + n + (host % 7)}`,
        title: `2026-11 Cumulative Update for Microsoft server operating system version 21H2 for x64-based Systems (KB50${34439 + n})`,
        severity: n % 3 === 0 ? 'critical' : 'important',
        categories: ['Security Updates', 'Windows Server 2022'],
        cves: [`CVE-2026-${20_000 + n}`, `CVE-2026-${30_000 + n}`],
        needsReboot: n % 2 === 0,
      })),
    },
  });
}

let seq = 0;
export const reportText = (proxy, facts) =>
  JSON.stringify(
    reportOf(
      { ...facts, hostname: proxy.hostname },
      {
        reportId: uuidv7(),
        installId: proxy.installId,
        bootId: proxy.bootId,
        seq: ++seq,
        ageMs: 0,
        collectedAt: new Date().toISOString(),
        sentAt: new Date().toISOString(),
      },
    ),
  );
