import { UsageError } from '../cli-error.js';
import type { Command } from '../command.js';
import { ownVersion } from '../version.js';

/** Told the other commands, because it lists them. */
export const helpOf = (commands: Record<string, Command>): Command => ({
  usage: 'help [command]',
  summary: 'Say what there is, or more about one command.',
  details: [],
  async run([name], { out }) {
    if (name === undefined) {
      out(`Lunwarden ${ownVersion()}: which proxies put which VMs at risk\n`);
      for (const command of Object.values(commands)) out(`  lunwarden ${command.usage}\n      ${command.summary}`);
      out('\nExit codes: 0 done, 1 failed, 3 the command line is wrong.');
      return 0;
    }
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (command === undefined) throw new UsageError(`There is no command ${name}.`);
    out(`lunwarden ${command.usage}\n${command.summary}`);
    for (const line of command.details) out(`  ${line}`);
    return 0;
  },
});
