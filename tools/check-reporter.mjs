// A Vitest reporter that writes down what check.mjs adds up, with the reason that a skipped test gives for itself.
import { writeFileSync } from 'node:fs';

export default class CheckReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const tally = { passed: 0, failed: 0, skipped: 0, skips: [] };
    for (const module of modules) {
      const file = module.relativeModuleId;
      let failedHere = 0;
      for (const test of module.children.allTests()) {
        const { state, note } = test.result();
        // 'pending': it never got its turn, because the run broke off. That is no green.
        if (state === 'passed') tally.passed++;
        else if (state === 'skipped') {
          tally.skipped++;
          tally.skips.push({ file, name: test.fullName, note: note ?? null });
        } else failedHere++;
      }
      // A file that cannot be loaded, or a hook that fails, has no failed test of its own.
      const isBroken = module.errors().length > 0 || module.state() === 'failed';
      tally.failed += failedHere === 0 && isBroken ? 1 : failedHere;
    }
    tally.failed += unhandledErrors.length;
    writeFileSync(process.env.LUNWARDEN_CHECK_TALLY, JSON.stringify(tally));
  }
}
