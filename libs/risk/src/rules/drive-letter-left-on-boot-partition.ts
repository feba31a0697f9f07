import type { WindowsDisk } from '@lunwarden/contract';
import { windowsDisks } from '../drift.js';
import { judgeSubject, notApplicable, notKnown, verdictOfAny } from '../judging.js';
import { type About, onWindows, type Rule } from '../rule.js';
import { changeWindow } from '../windows.js';

const efiType = 'c12a7328-f81f-11d2-ba4b-00a0c93ec93b';
const recoveryType = 'de94bba4-06d1-4d40-a16a-bfd50179d6ac';
/** System Reserved of an MBR disk has no type of its own; it is small, and Windows itself never is. */
const smallBytes = 1_073_741_824n;

function lettersOf({ partitions }: WindowsDisk): string[] {
  if (!('value' in partitions)) return [];
  return partitions.value
    .filter(({ gptType, mbrType, sizeBytes }) =>
      gptType === null
        ? mbrType !== null && BigInt(sizeBytes) < smallBytes
        : gptType === efiType || gptType === recoveryType,
    )
    .flatMap(({ accessPaths }) => accessPaths.filter((path) => /^[A-Z]:\\?$/i.test(path)));
}

export const about: About = {
  code: 'CHG-006',
  title: 'A boot partition still has the drive letter of a repair',
  safeTitle: 'No boot partition has a drive letter',
  signals: ['disks', 'change'],
};

/** CHG-006: the partition that starts the host is in the way of everyone who tidies up. */
export const driveLetterLeftOnBootPartition: Rule = {
  id: 'drive-letter-left-on-boot-partition',
  severity: 'low',
  judge: (context) =>
    onWindows(context, () => {
      const window = changeWindow(context).told;
      // In the window the letter is what the runbook asks for.
      if (window.kind === 'certain' && window.value?.phase === 'running') return notApplicable;
      return judgeSubject(windowsDisks(context), (disks, place) => {
        const own = disks.filter(({ isBoot, isSystem }) => isBoot || isSystem);
        const letters = own.flatMap(lettersOf);
        const isRead = own.length > 0 && own.every(({ partitions }) => 'value' in partitions);
        return isRead || letters.length > 0
          ? verdictOfAny(
              letters,
              { lead: 'Letter on a boot partition: ', none: 'No letter on a boot partition' },
              place,
            )
          : notKnown('The partitions of the boot disk could not be read', place);
      });
    }),
};
