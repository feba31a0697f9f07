import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// Workspace packages are read from their sources, so that a test never runs yesterday's build.
const conditions = ['@lunwarden/source'];
const node = {
  // Nest and TypeORM read decorator metadata, also from classes declared inside a spec.
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  resolve: { conditions },
  // Vitest hands these to Node as --conditions: 'import' here would make `require('pg-pool')` find an ES module.
  ssr: { resolve: { conditions: [...conditions, 'node'] } },
} as const;
const notUnit = ['**/node_modules/**', '**/dist/**', '**/*.medium.spec.ts', '**/e2e/**'];

export default defineConfig({
  test: {
    projects: [
      {
        ...node,
        test: {
          name: 'unit',
          // What hangs shall fail; what shares two cores with everything else is only slow.
          testTimeout: 30_000,
          include: ['libs/**/*.spec.ts', 'apps/**/*.spec.ts', 'bench/**/*.spec.ts'],
          exclude: [...notUnit, 'apps/dashboard/**'],
        },
      },
      {
        plugins: [react()],
        resolve: { conditions: [...conditions, 'module', 'browser', 'development|production'] },
        test: {
          name: 'dom',
          testTimeout: 30_000,
          environment: 'jsdom',
          include: ['apps/dashboard/**/*.spec.{ts,tsx}'],
          exclude: notUnit,
        },
      },
      {
        ...node,
        test: {
          name: 'medium',
          include: ['libs/**/*.medium.spec.ts', 'apps/**/*.medium.spec.ts'],
          globalSetup: ['./tools/test-postgres.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...node,
        test: {
          name: 'e2e',
          include: ['apps/*/e2e/**/*.spec.ts'],
          globalSetup: ['./tools/test-postgres.ts'],
          testTimeout: 120_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
      { ...node, test: { name: 'laws', include: ['tools/**/*.spec.ts'], testTimeout: 60_000 } },
    ],
  },
});
