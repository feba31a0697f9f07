// `npm run mutation` changes libs/risk in thousands of small ways and counts those that no spec notices. A part of it:
// `npm run mutation -- --mutate 'libs/risk/src/gate/*.ts'`. What was killed before is not tried again unless it changed.
const results = 'var/mutation';

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'tools/mutation/vitest.config.ts', related: false },
  mutate: ['libs/risk/src/**/*.ts', '!libs/risk/src/**/*.spec.ts', '!libs/risk/src/testing/**'],
  coverageAnalysis: 'perTest',
  // What runs once, when a module is loaded, is data: weights, titles, tables of texts. The published worked examples,
  // docs/rules.md and golden/ hold it; to try such a mutant all specs would have to be loaded anew.
  ignoreStatic: true,
  concurrency: 2,
  // A busy machine must not pass for an endless loop.
  timeoutMS: 30_000,
  incremental: true,
  incrementalFile: `${results}/incremental.json`,
  tempDirName: `${results}/sandbox`,
  ignorePatterns: ['/apps', '/bench', '/var', 'dist'],
  reporters: ['clear-text', 'progress', 'html', 'json'],
  clearTextReporter: { reportTests: false, allowColor: false },
  htmlReporter: { fileName: `${results}/report.html` },
  jsonReporter: { fileName: `${results}/report.json` },
  thresholds: { high: 95, low: 90, break: 90 },
};
