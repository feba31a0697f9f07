import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** What the demo must remember from one start to the next: who its proxies are, and where its vCenters listen. */
const DemoState = z.strictObject({
  schema: z.literal(1),
  seed: z.int(),
  hosts: z.int().min(1),
  /** When the fleet was made, and how many steps it has lived. */
  asOf: z.iso.datetime(),
  step: z.int().min(0),
  /** Each start is a reboot of every proxy: their reports count from one again. */
  starts: z.int().min(0),
  /** Password of the sample vCenters' account; they listen on loopback only. */
  password: z.string().min(1),
  vcenters: z.array(z.strictObject({ port: z.int().min(0).max(65_535), isAdded: z.boolean() })),
  /** Keys of enrolled proxies by host name. */
  keys: z.record(z.string(), z.string()),
  /** Their ids in the fleet; a state of before has none. */
  ids: z.record(z.string(), z.uuid()).default({}),
  /** End of the last change window that was planned. */
  plannedUpTo: z.iso.datetime().nullable().default(null),
});
export type DemoState = z.infer<typeof DemoState>;

const fileName = 'demo-fleet.json';

type Fresh = { seed: number; hosts: number; vcenters: number; asOf: string };

/** The state on disk, kept up to date in the background: one write at a time, the newest state wins. */
export class StateFile {
  #writing: Promise<void> | null = null;
  #isStale = false;
  #failure: { error: unknown } | null = null;

  private constructor(
    private readonly path: string,
    readonly state: DemoState,
  ) {}

  /**
   * Opens the state in `home`, or makes one. A state of another seed or size is another demo and is not used.
   * @throws SyntaxError or ZodError when the file is damaged: it says which file to remove.
   */
  static async open(home: string, fresh: Fresh): Promise<StateFile> {
    const path = join(home, fileName);
    const stored = await read(path);
    if (stored !== null && stored.seed === fresh.seed && stored.hosts === fresh.hosts)
      return new StateFile(path, stored);
    const { seed, hosts, asOf } = fresh;
    const vcenters = Array.from({ length: fresh.vcenters }, () => ({ port: 0, isAdded: false }));
    const password = randomBytes(18).toString('base64url');
    return new StateFile(path, {
      schema: 1,
      seed,
      hosts,
      asOf,
      step: 0,
      starts: 0,
      password,
      vcenters,
      keys: {},
      ids: {},
      plannedUpTo: null,
    });
  }

  /** Call after a change of `state`. */
  save(): void {
    this.#isStale = true;
    this.#writing ??= this.#write();
  }

  /** Waits until what was saved is on disk. @throws what the last write threw, e.g. for a full disk. */
  async settled(): Promise<void> {
    while (this.#writing !== null) await this.#writing;
    if (this.#failure !== null) throw this.#failure.error;
  }

  async #write(): Promise<void> {
    try {
      while (this.#isStale) {
        this.#isStale = false;
        await mkdir(dirname(this.path), { recursive: true, mode: 0o700 });
        const next = `${this.path}.next`;
        // Keys of hosts stand in it.
        await writeFile(next, `${JSON.stringify(this.state, null, 2)}\n`, { mode: 0o600 });
        await rename(next, this.path);
        this.#failure = null;
      }
    } catch (error) {
      // Nobody waits for this write; the next one tries again, and `settled` tells.
      this.#failure = { error };
    } finally {
      this.#writing = null;
    }
  }
}

async function read(path: string): Promise<DemoState | null> {
  try {
    return DemoState.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw new SyntaxError(`${path} cannot be read as the state of a demo. Remove it to start a new one.`, { cause });
  }
}
