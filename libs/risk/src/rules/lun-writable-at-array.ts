import { notApplicable, notKnown, verdictOf } from '../judging.js';
import { judgeProxy } from '../outside.js';
import { type About, besideLuns, type Rule, type RuleContext } from '../rule.js';

function writableAtArray({ vmfs, luns }: RuleContext): 'yes' | 'no' | 'unknown' {
  if (vmfs.some(({ isArrayReadOnly }) => isArrayReadOnly === 'no')) return 'yes';
  return luns.kind === 'certain' && vmfs.every(({ isArrayReadOnly }) => isArrayReadOnly === 'yes') ? 'no' : 'unknown';
}

export const about: About = {
  code: 'LUN-005',
  title: 'The array lets the host write, and no restore needs it',
  safeTitle: 'The array refuses writes of this host, or restores need them',
  signals: ['disks', 'product'],
};

/** LUN-005: the only guard that survives a mistake on the host is not used. */
export const lunWritableAtArray: Rule = {
  id: 'lun-writable-at-array',
  severity: 'medium',
  judge: (context) =>
    besideLuns(context, () =>
      judgeProxy(
        context,
        { name: 'Restores over the SAN are', fact: (proxy) => proxy.sanRestores },
        (restores, place) => {
          if (restores > 0) return notApplicable;
          const write = writableAtArray(context);
          const text = 'No restore wrote over the SAN in 180 days';
          if (write === 'unknown')
            return notKnown(`${text}; whether the array lets the host write is not known`, place);
          return verdictOf(
            write === 'yes',
            `${text}; the array ${write === 'yes' ? 'lets the host write' : 'refuses writes'}`,
            place,
          );
        },
      ),
    ),
};
