import type { LunMap } from '@lunwarden/contract';

/** Tab -> rows, header first, as RVTools 4.7 names tabs and columns. */
export type SampleExport = Record<string, (string | number | null)[][]>;

export type Told = {
  server: string;
  /** Cell `xlsx creation datetime`; a clock without a zone. */
  createdAt: string;
};

const mebibytes = (bytes: string | null): number | null => (bytes === null ? null : Number(BigInt(bytes) / 1_048_576n));

/** What RVTools would export of a vCenter that this map is of. */
export function sampleExport(map: LunMap, { server, createdAt }: Told): SampleExport {
  const sdk = [server, map.vcenterUuid];
  const hosts = new Map(map.hosts.map((host) => [host.id, host]));
  const datastores = new Map(map.datastores.map((one) => [one.id, one]));
  const nameOf = (id: string) => datastores.get(id)?.name ?? '';
  return {
    vInfo: [
      [
        'VM',
        'Template',
        'VM ID',
        'SMBIOS UUID',
        'VM UUID',
        'Path',
        'Datacenter',
        'Host',
        'VI SDK Server',
        'VI SDK UUID',
      ],
      ...map.vms.map((vm) => {
        const host = hosts.get(vm.host ?? '');
        const path = `[${nameOf(vm.datastores[0] ?? '')}] ${vm.name}/${vm.name}.vmx`;
        const template = vm.isTemplate ? 'True' : 'False';
        return [
          vm.name,
          template,
          vm.id,
          vm.biosUuid,
          vm.instanceUuid,
          path,
          host?.datacenter ?? null,
          host?.name ?? null,
          ...sdk,
        ];
      }),
    ],
    vDisk: [
      ['VM', 'VM ID', 'Disk Path', 'Raw', 'Raw LUN ID', 'Raw Comp. Mode', 'Datacenter', 'Host', 'VI SDK UUID'],
      ...map.vms.flatMap((vm) => {
        const host = hosts.get(vm.host ?? '');
        const where = [host?.datacenter ?? null, host?.name ?? null, map.vcenterUuid];
        return vm.datastores.map((id, at) => [
          vm.name,
          vm.id,
          `[${nameOf(id)}] ${vm.name}/${at}.vmdk`,
          'False',
          null,
          null,
          ...where,
        ]);
      }),
    ],
    vDatastore: [
      [
        'Name',
        'Address',
        'Accessible',
        'Type',
        'Capacity MiB',
        'Free MiB',
        'Hosts',
        '# Extents',
        'URL',
        'Object ID',
        'VI SDK UUID',
      ],
      ...map.datastores.map((one) => {
        const mounts = one.hosts.map(({ host }) => hosts.get(host)?.name ?? '').join(', ');
        const extents = one.type === 'VMFS' ? one.extents.length : null;
        const sizes = [mebibytes(one.capacityBytes), mebibytes(one.freeBytes)];
        return [one.name, null, 'True', one.type, ...sizes, mounts, extents, one.url, one.id, map.vcenterUuid];
      }),
    ],
    vMultiPath: [
      [
        ...['Host', 'Datacenter', 'Datastore', 'Disk', 'Policy', 'Path 1', 'Path 1 state', 'Path 2', 'Path 2 state'],
        ...['Vendor', 'Model', 'UUID', 'VI SDK UUID'],
      ],
      ...map.datastores.flatMap((one) =>
        one.hosts.flatMap(({ host: id }) => {
          const host = hosts.get(id);
          const where = [host?.name ?? null, host?.datacenter ?? null];
          return one.extents.map(({ diskName }) => [
            ...where,
            one.name,
            diskName,
            'VMW_PSP_RR',
            ...[`vmhba2:${diskName}`, 'active', `vmhba3:${diskName}`, 'standby'],
            'VND',
            'MDL',
            null,
            map.vcenterUuid,
          ]);
        }),
      ),
    ],
    vHost: [
      [
        'Host',
        'Datacenter',
        'Cluster',
        'in Maintenance Mode',
        'ESX Version',
        'Boot time',
        'Object ID',
        'UUID',
        'VI SDK UUID',
      ],
      ...map.hosts.map((host) => {
        const version = `VMware ESXi ${host.version} build-${host.build}`;
        const flag = host.inMaintenanceMode ? 'True' : 'False';
        return [
          host.name,
          host.datacenter,
          host.cluster,
          flag,
          version,
          45_563.5,
          host.id,
          host.hardwareUuid,
          map.vcenterUuid,
        ];
      }),
    ],
    vHBA: [
      ['Host', 'Device', 'Type', 'WWN'],
      ...map.hosts.map(({ name }, at) => [
        name,
        'vmhba2',
        'Fibre Channel',
        `10:00:00:90:fa:a5:55:${String(10 + (at % 90))}`,
      ]),
    ],
    vSource: [
      ['Name', 'API version', 'Build', 'VI SDK Server', 'VI SDK UUID'],
      [server, map.apiVersion, map.build, ...sdk],
    ],
    vMetaData: [
      ['RVTools major version', 'RVTools version', 'xlsx creation datetime', 'Server'],
      ['4.7', '4.7.1', createdAt, server],
    ],
  };
}
