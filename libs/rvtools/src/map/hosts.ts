import { MapHost } from '@lunwarden/contract';
import { clean, cleanOrNull, isTrue, morefOrNull } from '../table/cells.js';
import type { Row } from '../table/read-table.js';
import type { tabs } from '../table/tabs.js';
import { type Gaps, idOfName } from './gaps.js';

type HostRow = Row<typeof tabs.vHost.columns>;

/** ESXi hosts by name: the other tabs know them by nothing else. A name is used once in a vCenter. */
export class Hosts {
  private readonly byName = new Map<string, MapHost>();

  constructor(private readonly gaps: Gaps) {}

  add(row: HostRow): void {
    const host = MapHost.safeParse(hostOf(row));
    const name = row.name ?? '';
    if (!host.success || name === '') this.gaps.add(name === '' ? 'vHost' : name, 'vHost', 'a row that does not fit');
    else if (this.byName.has(name.toLowerCase())) this.gaps.add(name, 'vHost', 'a host is listed twice');
    else this.byName.set(name.toLowerCase(), host.data);
  }

  get list(): MapHost[] {
    return [...this.byName.values()];
  }

  find(name: string | undefined): MapHost | null {
    return (name === undefined ? undefined : this.byName.get(name.toLowerCase())) ?? null;
  }

  /** Where a name stands beside an explicit datacenter or a host, the datacenter that it lies in. */
  datacenterOf({ datacenter, host }: { datacenter?: string; host?: string }): string | null {
    return datacenter ?? this.find(host)?.datacenter ?? null;
  }
}

function hostOf(row: HostRow) {
  const version = /ESXi? ([\d.]+)/i.exec(row.version ?? '')?.[1];
  const build = /build-(\d+)/i.exec(row.version ?? '')?.[1];
  return {
    id: morefOrNull(row.id) ?? idOfName('host', row.name),
    name: clean(row.name ?? '', 256),
    cluster: cleanOrNull(row.cluster, 256),
    datacenter: cleanOrNull(row.datacenter, 256),
    // RVTools does not tell it; a vCenter knows when a host was booted only while it is connected (HostRuntimeInfo.bootTime).
    connectionState: row.bootedAt === undefined ? ('notResponding' as const) : ('connected' as const),
    inMaintenanceMode: isTrue(row.inMaintenanceMode),
    version: cleanOrNull(version, 32),
    build: cleanOrNull(build, 32),
    hardwareUuid: cleanOrNull(row.uuid?.toLowerCase(), 64),
  };
}
