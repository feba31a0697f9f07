import type { LunMap, VcenterProbe } from '@lunwarden/contract';
import { probeVcenter, type VcenterOptions, VcenterWatch } from '@lunwarden/vsphere';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';

const hour = 3_600_000;
/** Truth wins at least this often over what was told (decision 13). */
const fullEveryMs = 6 * hour;
/** Read by another replica, removed or failing: nobody comes back to it soon, and its session is better given back. */
const idleMs = hour / 2;

/** Where the outside begins: whatever speaks to a vCenter goes through here. */
@Injectable()
export class VcenterReader implements OnApplicationShutdown {
  private readonly watches = new Map<string, { watch: VcenterWatch; usedAt: number }>();

  /** One at a time for each vCenter, which the lease of a collection sees to. @throws VsphereError */
  async collect(vcenterId: string, options: VcenterOptions): Promise<LunMap> {
    const now = options.now().getTime();
    const watch = this.watches.get(vcenterId)?.watch ?? new VcenterWatch(fullEveryMs);
    this.watches.set(vcenterId, { watch, usedAt: now });
    await this.closeThose((id, usedAt) => id !== vcenterId && now - usedAt > idleMs);
    return await watch.collect(options);
  }

  probe(options: VcenterOptions): Promise<VcenterProbe> {
    return probeVcenter(options);
  }

  /** Gives back what is held of a vCenter. */
  async forget(vcenterId: string): Promise<void> {
    await this.closeThose((id) => id === vcenterId);
  }

  /** After the collections that run were stopped. */
  async onApplicationShutdown(): Promise<void> {
    await this.closeThose(() => true);
  }

  private async closeThose(isMeant: (id: string, usedAt: number) => boolean): Promise<void> {
    const meant = [...this.watches].filter(([id, { usedAt }]) => isMeant(id, usedAt));
    for (const [id] of meant) this.watches.delete(id);
    await Promise.all(meant.map(([, { watch }]) => watch.close()));
  }
}
