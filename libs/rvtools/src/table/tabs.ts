/** RVTools has so many columns of paths, whatever a LUN has. */
export const pathNumbers = [1, 2, 3, 4, 5, 6, 7, 8] as const;
export type PathNumber = (typeof pathNumbers)[number];

const pathColumns = {
  path1: ['Path 1'],
  state1: ['Path 1 state'],
  path2: ['Path 2'],
  state2: ['Path 2 state'],
  path3: ['Path 3'],
  state3: ['Path 3 state'],
  path4: ['Path 4'],
  state4: ['Path 4 state'],
  path5: ['Path 5'],
  state5: ['Path 5 state'],
  path6: ['Path 6'],
  state6: ['Path 6 state'],
  path7: ['Path 7'],
  state7: ['Path 7 state'],
  path8: ['Path 8'],
  state8: ['Path 8 state'],
} as const;

/**
 * The tabs that a map is made of, each column with the headers it had in RVTools 3.9 to 4.7. Not all are needed: see
 * `needed`.
 */
export const tabs = {
  vInfo: {
    tab: 'vInfo',
    columns: {
      name: ['VM', 'VM Name'],
      id: ['VM ID', 'Object ID'],
      instanceUuid: ['VM UUID', 'Instance UUID'],
      biosUuid: ['SMBIOS UUID', 'BIOS UUID'],
      template: ['Template'],
      needsConsolidation: ['Consolidation Needed'],
      path: ['Path'],
      host: ['Host'],
      datacenter: ['Datacenter'],
      product: ['VI SDK Server type'],
      apiVersion: ['VI SDK API Version'],
      server: ['VI SDK Server'],
      vcenter: ['VI SDK UUID'],
    },
  },
  vDisk: {
    tab: 'vDisk',
    columns: {
      vm: ['VM', 'VM Name'],
      vmId: ['VM ID'],
      path: ['Disk Path', 'Path'],
      host: ['Host'],
      datacenter: ['Datacenter'],
      isRaw: ['Raw'],
      lunUuid: ['Raw LUN ID'],
      compatibility: ['Raw Comp. Mode', 'Raw Compatibility Mode'],
      mode: ['Disk Mode'],
      uuid: ['Disk UUID'],
      vcenter: ['VI SDK UUID'],
    },
  },
  vDatastore: {
    tab: 'vDatastore',
    columns: {
      name: ['Name'],
      id: ['Object ID'],
      address: ['Address'],
      accessible: ['Accessible'],
      type: ['Type'],
      capacity: ['Capacity MiB', 'Capacity MB', 'Capacity'],
      free: ['Free MiB', 'Free MB', 'Free'],
      hosts: ['Hosts'],
      extents: ['# Extents'],
      url: ['URL'],
      vcenter: ['VI SDK UUID'],
    },
  },
  vMultiPath: {
    tab: 'vMultiPath',
    columns: {
      host: ['Host'],
      datacenter: ['Datacenter'],
      datastore: ['Datastore'],
      disk: ['Disk'],
      ...pathColumns,
      vendor: ['Vendor'],
      model: ['Model'],
      uuid: ['UUID'],
      vcenter: ['VI SDK UUID'],
    },
  },
  vHost: {
    tab: 'vHost',
    columns: {
      name: ['Host'],
      id: ['Object ID'],
      datacenter: ['Datacenter'],
      cluster: ['Cluster'],
      inMaintenanceMode: ['in Maintenance Mode'],
      version: ['ESX Version'],
      bootedAt: ['Boot time'],
      uuid: ['UUID'],
      vcenter: ['VI SDK UUID'],
    },
  },
  vHBA: {
    tab: 'vHBA',
    columns: { host: ['Host'], device: ['Device'], type: ['Type'], wwn: ['WWN'] },
  },
  vSnapshot: {
    tab: 'vSnapshot',
    columns: {
      vm: ['VM', 'VM Name'],
      vmId: ['VM ID'],
      name: ['Name'],
      at: ['Date / time', 'Date/time'],
    },
  },
  vSource: {
    tab: 'vSource',
    columns: {
      server: ['VI SDK Server', 'Name'],
      apiVersion: ['API version'],
      build: ['Build'],
      vcenter: ['VI SDK UUID'],
    },
  },
  vMetaData: { tab: 'vMetaData', columns: { createdAt: ['xlsx creation datetime'], server: ['Server'] } },
} as const;

export type Tab = keyof typeof tabs;

/** Without one of these columns nobody can tell what a write to a LUN reaches: each that is missing is a gap of the map. */
export const needed: Readonly<Record<Tab, readonly string[]>> = {
  vInfo: ['name', 'id', 'path'],
  vDatastore: ['name', 'id', 'type', 'url', 'extents'],
  vMultiPath: ['host', 'datastore', 'disk'],
  vHost: ['name'],
  vDisk: ['vm', 'path'],
  vHBA: [],
  vSnapshot: [],
  vSource: [],
  vMetaData: [],
};
