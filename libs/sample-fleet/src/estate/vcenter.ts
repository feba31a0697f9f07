import type { MapDatastore, MapHost, MapVm } from '@lunwarden/contract';
import type { SampleLun } from './lun.js';

/** A datastore as vCenter tells it, and the LUN objects beneath it: what a LUN reaches without any joining. */
export type SampleDatastore = {
  map: MapDatastore;
  luns: readonly SampleLun[];
  isTier1: boolean;
  /** Inventory folder below the datacenter's `datastore` folder; null = directly in it. */
  folder: string | null;
};

export type SampleCluster = {
  /** Managed object id, e.g. `domain-c1001`. Ids repeat between vCenters, as real ones do. */
  id: string;
  name: string;
  hosts: readonly MapHost[];
  luns: readonly SampleLun[];
  datastores: readonly SampleDatastore[];
  vms: readonly MapVm[];
};

export type SampleDatacenter = { id: string; name: string; clusters: readonly SampleCluster[] };

export type SampleVcenter = {
  /** Short name of the site, e.g. `ams`. */
  site: string;
  name: string;
  /** ServiceContent.about.instanceUuid. */
  uuid: string;
  apiVersion: string;
  version: string;
  build: string;
  datacenters: readonly SampleDatacenter[];
};

export const clustersOf = (vcenter: SampleVcenter): SampleCluster[] =>
  vcenter.datacenters.flatMap((datacenter) => datacenter.clusters);
