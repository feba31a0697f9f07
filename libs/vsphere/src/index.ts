export { parseAddress, type VcenterAddress } from './address.js';
export type { Progress } from './collect/collect-inventory.js';
export { collectLunMap, type VcenterOptions } from './collect-lun-map.js';
export type { KnownVm } from './map/known-vm.js';
export { probeVcenter } from './probe-vcenter.js';
export type { Timeouts } from './transport/timeouts.js';
export { VcenterWatch } from './vcenter-watch.js';
export { VsphereError, type VsphereErrorCode } from './vsphere-error.js';
