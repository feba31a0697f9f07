import { type About, besideHotAdd, judgeReading, onWindows, type Rule } from '../rule.js';

export const about: About = {
  code: 'HOT-001',
  title: 'Windows mounts the disks of guests that hot-add attaches',
  safeTitle: 'Windows mounts no disk of a guest by itself',
  signals: ['automount', 'transport'],
};

/** HOT-001: Windows mounts the volumes of guests as their disks are attached. */
export const automountEnabledWithHotAdd: Rule = {
  id: 'automount-enabled-with-hot-add',
  severity: 'medium',
  judge: (context) =>
    onWindows(context, () =>
      besideHotAdd(context, () => judgeReading(context.signals.automount, (automount) => automount === 'enabled')),
    ),
};
