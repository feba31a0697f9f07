import type { WindowsPartition } from '@lunwarden/contract';
import { vmfsDisk, windowsBootDisk, windowsFacts } from '@lunwarden/sample-fleet';
import { unknown } from '../testing/cases.js';
import { describeEdges } from '../testing/edges.js';
import { lettered, records, running, soon, window } from '../testing/products.js';

const part = (change: Partial<WindowsPartition>): WindowsPartition => ({
  number: 1,
  gptType: null,
  mbrType: 7,
  sizeBytes: '104857600',
  accessPaths: ['S:\\'],
  ...change,
});
const boot = (...partitions: WindowsPartition[]) =>
  windowsFacts({ disks: { value: [windowsBootDisk({ partitions: { value: partitions } })] } });
const drive = 'drive-letter-left-on-boot-partition';
const efi = 'c12a7328-f81f-11d2-ba4b-00a0c93ec93b';
const recovery = 'de94bba4-06d1-4d40-a16a-bfd50179d6ac';
describeEdges('a boot partition', [
  ['an EFI partition', drive, 'at-risk low', boot(part({ gptType: efi, mbrType: null, sizeBytes: '9999999999' }))],
  ['a recovery partition', drive, 'at-risk low', boot(part({ gptType: recovery, mbrType: null }))],
  [
    'a data partition of a GPT disk',
    drive,
    'safe low',
    boot(part({ gptType: 'ebd0a0a2-b9e5-4433-87c0-68b6b72699c7', mbrType: 7 })),
  ],
  ['a partition of no type', drive, 'safe low', boot(part({ mbrType: null }))],
  ['a partition of one gigabyte', drive, 'safe low', boot(part({ sizeBytes: '1073741824' }))],
  ['a partition of a little less', drive, 'at-risk low', boot(part({ sizeBytes: '1073741823' }))],
  ['a letter without a slash', drive, 'at-risk low', lettered('s:')],
  ['a folder that ends like a letter', drive, 'safe low', lettered('C:\\mnt\\S:\\')],
  ['a folder that begins like a letter', drive, 'safe low', lettered('C:\\mnt')],
  ['a letter before the window', drive, 'at-risk low', lettered('S:\\'), window(...soon)],
  ['a letter in the window', drive, 'not-applicable low', lettered('S:\\'), window(...running)],
  ['a letter while nobody knows of a window', drive, 'at-risk low', lettered('S:\\'), records({ window: unknown })],
  [
    'a letter on a disk that Windows does not start from',
    drive,
    'safe low',
    windowsFacts({
      disks: {
        value: [
          windowsBootDisk(),
          windowsBootDisk({ number: 1, isBoot: false, isSystem: false, partitions: { value: [part({})] } }),
        ],
      },
    }),
  ],
  ['a letter on a disk that is system only', drive, 'at-risk low', lettered('S:\\', { isBoot: false })],
  ['no disk that Windows starts from', drive, 'unknown low', windowsFacts({ disks: { value: [vmfsDisk(1)] } })],
  [
    'one of two boot disks that nobody could read',
    drive,
    'unknown low',
    windowsFacts({ disks: { value: [windowsBootDisk(), windowsBootDisk({ number: 1, partitions: unknown })] } }),
  ],
]);
