import { Store } from '@lunwarden/store';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { fingerprint, judgingCode } from './judging-code.js';

let made: string | null = null;

/** Read once: the code of a process that runs does not change, whatever is installed over it. */
function versionOfCode(): string {
  made ??= fingerprint(judgingCode());
  return made;
}

/**
 * The code that judges, by what it says: a number that somebody has to raise is forgotten, and then verdicts of the release
 * before stand as if they were ours. A change that moves no verdict costs one look at every host.
 */
@Injectable()
export class JudgingModel implements OnModuleInit {
  readonly version = versionOfCode();

  constructor(private readonly store: Store) {}

  async onModuleInit(): Promise<void> {
    await this.store.read.models.takeOver(this.version);
  }
}
