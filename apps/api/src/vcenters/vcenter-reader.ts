import type { LunMap, VcenterProbe } from '@lunwarden/contract';
import { collectLunMap, probeVcenter, type VcenterOptions } from '@lunwarden/vsphere';
import { Injectable } from '@nestjs/common';

/** Where the outside begins: whatever speaks to a vCenter goes through here. */
@Injectable()
export class VcenterReader {
  /** @throws VsphereError */
  collect(options: VcenterOptions): Promise<LunMap> {
    return collectLunMap(options);
  }

  probe(options: VcenterOptions): Promise<VcenterProbe> {
    return probeVcenter(options);
  }
}
