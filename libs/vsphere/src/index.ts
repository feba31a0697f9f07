export { parseAddress, type VcenterAddress } from './address.js';
export { collectLunMap, type Progress, type VcenterOptions } from './collect-lun-map.js';
export { probeVcenter } from './probe-vcenter.js';
export type { Timeouts } from './transport/timeouts.js';
export { VsphereError, type VsphereErrorCode } from './vsphere-error.js';
