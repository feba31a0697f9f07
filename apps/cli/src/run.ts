import { CliError, UsageError } from './cli-error.js';
import type { Command, World } from './command.js';
import { admin } from './commands/admin.js';
import { doctor } from './commands/doctor.js';
import { feeds } from './commands/feeds.js';
import { gate } from './commands/gate.js';
import { helpOf } from './commands/help.js';
import { importCommand } from './commands/import.js';
import { report } from './commands/report.js';
import { up } from './commands/up.js';
import { vcenter } from './commands/vcenter.js';
import { PostgresError } from './postgres/postgres-error.js';

const commands: Record<string, Command> = { up, doctor, vcenter, import: importCommand, feeds, admin, report, gate };
commands.help = helpOf(commands);

/** Runs one command line. @returns the exit code: 0 done, 1 failed, 3 the command line is wrong. */
export async function run(argv: readonly string[], openWorld: () => World, say: World['say']): Promise<number> {
  const [word = 'help', ...args] = argv;
  const asksForHelp = word === '--help' || word === '-h' || args.includes('--help') || args.includes('-h');
  try {
    const name = asksForHelp ? 'help' : word;
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (command === undefined) throw new UsageError(`There is no command ${word}.`);
    return await command.run(asksForHelp ? [word].filter((text) => !text.startsWith('-')) : args, openWorld());
  } catch (error) {
    return explain(error, say);
  }
}

function explain(error: unknown, say: World['say']): number {
  if (error instanceof UsageError) {
    say(`${error.message} Run \`lunwarden help\`.`);
    return 3;
  }
  if (error instanceof CliError) say(error.message);
  else if (error instanceof PostgresError) say([error.message, error.logTail].filter(Boolean).join('\n'));
  // Errors of the other projects carry a code and their next step; anything else is a fault of ours and shows its stack.
  else if (error instanceof Error && 'code' in error && /^[a-z0-9_]+$/.test(String(error.code))) say(error.message);
  else say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return 1;
}
