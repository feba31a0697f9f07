import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const conditions = ['@lunwarden/source'];

/** A mutant dies of the first spec that notices it: those that ask one question of one host go before those that ask all of all. */
class QuickOnesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      if (moduleId.endsWith('/each-mutant.ts')) return 3;
      if (/\/(catalogue|words)\.\w+\.spec\.ts$/.test(moduleId)) return 0;
      return /\/(laws|model|what-if|gate|assess|overrides)\.spec\.ts$/.test(moduleId) ? 2 : 1;
    };
    return files.toSorted((a, b) => rank(a) - rank(b) || (a.moduleId < b.moduleId ? -1 : 1));
  }
}

/** The unit specs of libs/risk as each mutant meets them: one process, few random cases, and always the same ones. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions: [...conditions, 'node'] } },
  test: {
    include: ['libs/risk/src/**/*.spec.ts'],
    // These two judge thousands of hosts before they say anything: they would cost more than all others together.
    exclude: ['**/*.medium.spec.ts', '**/gate-green.spec.ts', '**/green.spec.ts'],
    isolate: false,
    sequence: { sequencer: QuickOnesFirst },
    env: { FC_NUM_RUNS: '30' },
    setupFiles: ['./tools/mutation/few-cases.ts'],
  },
});
