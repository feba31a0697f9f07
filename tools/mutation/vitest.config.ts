import { defineConfig } from 'vitest/config';

const conditions = ['@lunwarden/source'];

/** The unit specs of libs/risk as each mutant meets them: one process, few random cases, and always the same ones. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions: [...conditions, 'node'] } },
  test: {
    include: ['libs/risk/src/**/*.spec.ts'],
    // These two judge thousands of hosts before they say anything: they would cost more than all others together.
    exclude: ['**/*.medium.spec.ts', '**/gate-green.spec.ts', '**/green.spec.ts'],
    isolate: false,
    env: { FC_NUM_RUNS: '30' },
    setupFiles: ['./tools/mutation/few-cases.ts'],
  },
});
