import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { describe, expect, it } from 'vitest';

const index = fileURLToPath(new URL('./index.ts', import.meta.url));
/** The engine: every rule, the score, and what a list of hosts needs. Titles and advice load where somebody reads them. */
const verdicts = `export { assess, defaultPolicy, expireSummary, seenLuns, summarize } from ${JSON.stringify(index)}`;
/** What a list of hosts, its countdown and a what-if need: the score without the rules. */
const scorer = `export { defaultPolicy, expireAssessment, expireSummary, seenLuns, summarize, whatIf } from ${JSON.stringify(index)}`;

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
  it('stay under 30 kB gzip and bring neither the advice nor a schema library along', async () => {
    const code = await bundle(verdicts);
    expect(code).toContain('automount-enabled');
    expect(code).not.toMatch(/ZodError|strictObject|safeParse/);
    expect(code).not.toContain('automount scrub');
    console.info(`risk without titles and advice: ${gzipSync(code).length} bytes gzip`);
    expect(gzipSync(code).length).toBeLessThan(30_000);
  });

  it('weigh a host and its what-if in under 18.5 kB gzip, without a rule', async () => {
    const code = await bundle(scorer);
    expect(code).toContain('OnlineAll');
    expect(code).not.toContain('automount-enabled');
    expect(code).not.toMatch(/ZodError|strictObject|safeParse/);
    console.info(`scorer and what-if: ${gzipSync(code).length} bytes gzip`);
    expect(gzipSync(code).length).toBeLessThan(18_500);
  });

  it('bring the advice where a page asks for it, and little else', async () => {
    const code = await bundle(`export { adviceOf } from ${JSON.stringify(index)}`);
    expect(code).toContain('automount scrub');
    expect(code).not.toContain('safeTitle');
    expect(gzipSync(code).length).toBeLessThan(15_000);
  });
});
