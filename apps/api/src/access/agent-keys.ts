/** Whoever asks while a question is under way. */
type Asked = {
  hash: Uint8Array;
  answer: Promise<string | null>;
  settle: (found: Promise<Map<string, string>>) => void;
};

/**
 * Asks once for all requests that are there at the same time. Nothing is kept: a question is put after each of its
 * requests has come, so that a key that was revoked before does not pass.
 */
export class AgentKeys {
  private asked = new Map<string, Asked>();
  private isAsking = false;

  /** @param hostsOf hosts by hexadecimal hash, of those keys that hold */
  constructor(private readonly hostsOf: (hashes: readonly Uint8Array[]) => Promise<Map<string, string>>) {}

  /** The host that holds this key; null if nobody does. */
  hostOf(hash: Uint8Array): Promise<string | null> {
    const name = Buffer.from(hash).toString('hex');
    let one = this.asked.get(name);
    if (one === undefined) {
      one = askFor(hash, name);
      this.asked.set(name, one);
      if (this.asked.size === 1 && !this.isAsking) setImmediate(() => void this.askAll());
    }
    return one.answer;
  }

  private async askAll(): Promise<void> {
    this.isAsking = true;
    while (this.asked.size > 0) {
      const all = [...this.asked.values()];
      this.asked = new Map();
      const found = this.hostsOf(all.map(({ hash }) => hash));
      for (const { settle } of all) settle(found);
      await found.catch(() => undefined);
    }
    this.isAsking = false;
  }
}

function askFor(hash: Uint8Array, name: string): Asked {
  let settle: Asked['settle'] = () => undefined;
  const answer = new Promise<string | null>((resolve) => {
    settle = (found) => resolve(found.then((hosts) => hosts.get(name) ?? null));
  });
  return { hash, answer, settle };
}
