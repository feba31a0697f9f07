import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { describe, expect, it } from 'vitest';

const index = fileURLToPath(new URL('./index.ts', import.meta.url));
/** What a list of hosts, its countdown and a what-if need: the scorer. */
const scorer = `export { defaultPolicy, expireAssessment, expireSummary, seenLuns, summarize, whatIf } from ${JSON.stringify(index)}`;
/** The scorer with every rule. The server judges; a browser that wants to do it too loads this as a chunk of its own. */
const engine = `export { assess, defaultPolicy, summarize } from ${JSON.stringify(index)}`;

const entry = 'entry-from-text';

async function bundle(source: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { conditions: ['@lunwarden/source', 'module', 'browser', 'production'] },
    plugins: [
      {
        name: 'entry-from-text',
        enforce: 'pre',
        resolveId: (id) => (id.endsWith(entry) ? entry : null),
        load: (id) => (id === entry ? source : null),
      },
    ],
    build: {
      write: false,
      lib: { entry, formats: ['es'], fileName: 'risk' },
      rolldownOptions: { output: { minify: true } },
    },
  });
  const outputs = (Array.isArray(result) ? result : [result]) as Rolldown.RolldownOutput[];
  return outputs.flatMap(({ output }) => output.map((chunk) => ('code' in chunk ? chunk.code : ''))).join('\n');
}

describe('the rules in a browser', () => {
  it('weigh a host and its what-if in under 30 kB gzip, without a schema library', async () => {
    const code = await bundle(scorer);
    expect(code).toContain('OnlineAll');
    expect(code).not.toMatch(/ZodError|strictObject|safeParse/);
    console.info(`scorer and what-if: ${gzipSync(code).length} bytes gzip`);
    expect(gzipSync(code).length).toBeLessThan(30_000);
  });

  it('judge every rule without the advice and without a schema library', async () => {
    const code = await bundle(engine);
    expect(code).toContain('automount-enabled');
    expect(code).not.toMatch(/ZodError|strictObject|safeParse/);
    expect(code).not.toContain('automount scrub');
    console.info(`every rule with the scorer: ${gzipSync(code).length} bytes gzip`);
    expect(gzipSync(code).length).toBeLessThan(34_000);
  });

  it('bring the advice where a page asks for it, and little else', async () => {
    const code = await bundle(`export { adviceOf } from ${JSON.stringify(index)}`);
    expect(code).toContain('automount scrub');
    expect(code).not.toContain('safeTitle');
    expect(gzipSync(code).length).toBeLessThan(15_000);
  });
});
