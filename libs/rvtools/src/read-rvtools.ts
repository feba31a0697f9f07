import { createHash } from 'node:crypto';
import { type LunMap, type MapAdapter, type MapGap, MapSnapshot } from '@lunwarden/contract';
import { Archive, notAnExport } from './archive/archive.js';
import { openCsv } from './csv/open-csv.js';
import { Datastores } from './map/datastores.js';
import { Gaps } from './map/gaps.js';
import { HostPaths } from './map/host-paths.js';
import { Hosts } from './map/hosts.js';
import { adapterOf, Luns } from './map/luns.js';
import { Vms } from './map/vms.js';
import { Source } from './source.js';
import { clean } from './table/cells.js';
import { type Dating, exportedAt, latestOf } from './table/exported-at.js';
import { type Row, readTable } from './table/read-table.js';
import type { TabSource } from './table/row-sink.js';
import { needed, type Tab, tabs } from './table/tabs.js';
import { isWorkbook, openWorkbook } from './workbook/open-workbook.js';

export type Reading = {
  now: Date;
  /** ISO instant that somebody vouches for; null = the export must say itself when it was made. */
  exportedAt: string | null;
};

/** What an export says. Its map is complete only if nothing is missing that a write could reach. */
export type RvtoolsExport = {
  map: LunMap;
  dating: Dating;
  /** Name of the vCenter as RVTools was told it; null = not told. */
  server: string | null;
  /** Missing too, but without bearing on what a write could reach. */
  omitted: MapGap[];
};

/**
 * Reads an export of RVTools: an .xlsx, or a zip of its CSV files. Memory grows with what the tabs say, not with what
 * they declare. `collectedAt` is when the export was made, `partition` of an extent is 0: RVTools does not tell it.
 * @throws RvtoolsError
 */
export async function readRvtools(bytes: Uint8Array, reading: Reading): Promise<RvtoolsExport> {
  const archive = await Archive.open(bytes);
  const source = isWorkbook(archive) ? await openWorkbook(archive) : openCsv(archive);
  if (source === null) throw notAnExport();
  return new RvtoolsReader(source).read(reading);
}

class RvtoolsReader {
  private readonly gaps = new Gaps();
  private readonly omitted = new Gaps();
  private readonly about = new Source();
  readonly hosts = new Hosts(this.gaps);
  readonly datastores = new Datastores(this.hosts, this.gaps);
  private readonly vms = new Vms(this, this.gaps);
  readonly paths = new HostPaths(this.omitted);
  private readonly luns = new Luns(this, this.gaps);
  private readonly adapters: MapAdapter[] = [];
  private readonly snapshots: MapSnapshot[] = [];
  /** Tabs and columns that are there, `tab.field`. */
  private readonly there = new Set<string>();

  constructor(private readonly source: TabSource) {}

  async read(reading: Reading): Promise<RvtoolsExport> {
    // The other tabs speak of hosts, datastores and VMs by name: these come first.
    const hostRows = await this.table('vHost', (row) => this.hosts.add(this.seen(row)));
    const datastoreRows = await this.table('vDatastore', (row) => this.datastores.add(this.seen(row)));
    const vmRows = await this.table('vInfo', (row) => this.vms.add(this.seen(row)));
    await this.table('vMultiPath', (row) => this.luns.add(this.seen(row)));
    await this.table('vDisk', (row) => this.vms.addDisk(this.seen(row)));
    await this.table('vHBA', (row) => {
      const adapter = adapterOf(row, this.hosts);
      if (adapter === null) this.omitted.add(row.host ?? 'vHBA', 'vHBA', 'an adapter that does not fit');
      else this.adapters.push(adapter);
    });
    await this.table('vSnapshot', (row) => this.addSnapshot(row));
    await this.table('vSource', (row) => this.seen(row));
    const dating = await this.dating(reading);
    return this.finish(dating, { hostRows, datastoreRows, vmRows });
  }

  private finish(dating: Dating, rows: { hostRows: number; datastoreRows: number; vmRows: number }): RvtoolsExport {
    const datastores = this.datastores.finish();
    const hosts = this.hosts.list;
    const vms = this.vms.finish();
    const luns = this.luns.finish();
    const counts = {
      datastores: { expected: rows.datastoreRows, got: datastores.length },
      hosts: { expected: rows.hostRows, got: hosts.length },
      vms: { expected: rows.vmRows, got: vms.length },
    };
    const gaps = this.gaps.list;
    const { server, apiVersion, build } = this.about;
    const map: LunMap = {
      vcenterUuid: this.about.vcenterUuid ?? idOfSource(server, hosts),
      apiVersion,
      build,
      collectedAt: dating.at,
      durationMs: 0,
      complete: gaps.length === 0 && Object.values(counts).every(({ expected, got }) => expected === got),
      counts,
      gaps,
      datastores,
      hosts,
      vms,
      ...(this.has('vSnapshot.name') ? { snapshots: this.snapshots } : {}),
      ...(this.has('vInfo.needsConsolidation') ? { needConsolidation: this.vms.needConsolidation } : {}),
      details: {
        luns,
        rawMappings: this.vms.rawMappings,
        adapters: this.adapters,
        ...(this.has('vMultiPath.path1') && this.has('vMultiPath.state1') ? { paths: this.paths.finish() } : {}),
        ...(this.has('vDisk.mode') ? { foreignDisks: this.vms.foreignDisks.finish() } : {}),
      },
    };
    return { map, dating, server: server === null ? null : clean(server, 200), omitted: this.omitted.list };
  }

  private has(column: string): boolean {
    return this.there.has(column);
  }

  private addSnapshot(row: Row<(typeof tabs)['vSnapshot']['columns']>): void {
    const parsed = MapSnapshot.safeParse({
      vm: this.vms.idOf(row),
      name: clean(row.name ?? '', 256),
      // As young as it can be: nobody shall be blamed for a time zone.
      createdAt: latestOf(row.at, this.source.dateOffset),
    });
    if (parsed.success) this.snapshots.push(parsed.data);
    else this.omitted.add(row.vm ?? 'vSnapshot', 'vSnapshot', 'a snapshot of a VM that vInfo does not tell apart');
  }

  /** Streams a tab, and notes it or its columns where they are missing. @returns rows */
  private async table<T extends Tab>(name: T, onRow: (row: Row<(typeof tabs)[T]['columns']>) => void): Promise<number> {
    const { isThere, missing, rows } = await readTable(this.source, tabs[name], onRow);
    const lacks = new Set<string>(missing.map(({ field }) => field));
    if (isThere)
      for (const field of Object.keys(tabs[name].columns)) if (!lacks.has(field)) this.there.add(`${name}.${field}`);
    const must: readonly string[] = needed[name];
    if (!isThere) (must.length > 0 ? this.gaps : this.omitted).add(name, '*', 'the tab is missing');
    else
      for (const { field, header } of missing)
        (must.includes(field) ? this.gaps : this.omitted).add(name, header, 'the column is missing');
    return rows;
  }

  private seen<R extends Parameters<Source['see']>[0]>(row: R): R {
    this.about.see(row);
    return row;
  }

  private async dating({ now, exportedAt: stated }: Reading): Promise<Dating> {
    let local: string | undefined;
    await readTable(this.source, tabs.vMetaData, ({ createdAt, server }) => {
      local ??= createdAt;
      this.about.see({ server });
    });
    return exportedAt(this.source, { local, stated, now });
  }
}

/** Without the vCenter's own id: the same for every export of the same server, or of the same hosts. */
function idOfSource(server: string | null, hosts: readonly { name: string }[]): string {
  const names = server === null ? hosts.map(({ name }) => name.toLowerCase()).sort() : [server.toLowerCase()];
  return `rvtools:${createHash('sha256').update(names.join('\0')).digest('hex').slice(0, 32)}`;
}
