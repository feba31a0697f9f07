import { safeOnlyIf, verdictOf } from '../judging.js';
import { judgeProxy } from '../outside.js';
import { type About, besideLuns, type Rule } from '../rule.js';

export const about: About = {
  code: 'LUN-003',
  title: 'The backup product may read any datastore through this host',
  safeTitle: 'The datastores of this host are chosen by hand',
  signals: ['disks', 'map', 'product'],
};

/** LUN-003: the product may ask this host for any datastore that it sees. */
export const datastoresChosenAutomatically: Rule = {
  id: 'datastores-chosen-automatically',
  severity: 'low',
  judge: (context) =>
    besideLuns(context, () =>
      judgeProxy(
        context,
        { name: 'The choice of datastores is', fact: (proxy) => proxy.selectsDatastores },
        (isAutomatic, place) => {
          const count = context.exposure.datastores.length;
          const text = isAutomatic ? `Chosen automatically among ${count} datastores in sight` : 'Chosen by hand';
          return safeOnlyIf(
            !isAutomatic || context.exposure.isComplete,
            verdictOf(isAutomatic && count > 1, text, place),
          );
        },
      ),
    ),
};
