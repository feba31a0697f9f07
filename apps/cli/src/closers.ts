/** What was started, to be ended in the opposite order. */
export class Closers {
  private readonly closers: { name: string; close: () => Promise<void> }[] = [];

  add(name: string, close: () => Promise<void>): void {
    this.closers.unshift({ name, close });
  }

  /** Ends everything; one that fails does not keep the others. @returns what failed, as sentences. */
  async close(): Promise<string[]> {
    const failures: string[] = [];
    for (const { name, close } of this.closers.splice(0)) {
      await close().catch((error: unknown) => {
        failures.push(
          `${name} did not end in an orderly way: ${error instanceof Error ? error.message : String(error)}`,
        );
      });
    }
    return failures;
  }
}
