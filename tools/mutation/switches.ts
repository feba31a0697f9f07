import type { TestContext } from 'vitest';

type Hits = Record<string, number>;
type Test = { task: TestContext['task']; ms: number; noticed: number };

/** What instrumented code reads and counts (its name is Stryker's), and the spec file whose test runs. */
type Switches = {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  mutantCoverage?: { static: Hits; perTest: Record<string, Hits> };
  isCounted?: boolean;
  hitCount?: number | undefined;
  hitLimit?: number;
  spec: string;
};

/** What one run is asked for: mutants in the order in which they are drawn, those that are judged already, and where to tell. */
type Trial = { order: readonly string[]; done: readonly string[]; count: number; log: string };

declare module 'vitest' {
  interface ProvidedContext {
    trial: Trial;
  }
}

declare global {
  var __stryker__: Switches | undefined;
  var __tests__: Map<string, Test> | undefined;
  var __failed__: string[] | undefined;
}

// Global, because each spec file gets its own copy of what is set up.
globalThis.__stryker__ ??= { spec: '' };
globalThis.__tests__ ??= new Map();
globalThis.__failed__ ??= [];

export const switches: Switches = globalThis.__stryker__;
/** Every test that ran, with the time it took. */
export const tests: Map<string, Test> = globalThis.__tests__;
/** Those that fail by themselves, and would be held to notice every mutant. */
export const failed: string[] = globalThis.__failed__;
