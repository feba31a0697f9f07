import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { describe, expect, it } from 'vitest';

async function bundle(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { conditions: ['@lunwarden/source', 'module', 'browser', 'production'] },
    build: {
      write: false,
      lib: { entry: fileURLToPath(new URL('./index.ts', import.meta.url)), formats: ['es'], fileName: 'risk' },
    },
  });
  const outputs = (Array.isArray(result) ? result : [result]) as Rolldown.RolldownOutput[];
  return outputs.flatMap(({ output }) => output.map((chunk) => ('code' in chunk ? chunk.code : ''))).join('\n');
}

describe('the rules in a browser', () => {
  it('stay under 30 kB gzip and bring no schema library along', async () => {
    const code = await bundle();
    expect(code).toContain('automount-enabled');
    expect(code).not.toMatch(/ZodError|strictObject|safeParse/);
    expect(gzipSync(code).length).toBeLessThan(30_000);
  });
});
