// `npm start`: install what is missing, build what changed, then be `lunwarden up`.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';
import { install, root, runTool } from './install.mjs';

// npm passes SIGTERM on to its shell only, and that dies without a word to us.
function endWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const shell = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 500);
  watch.unref();
}

await runTool(async () => {
  endWithNpm();
  await install();
  await build();
  const main = join(root, 'apps/cli/dist/main.js');
  // In this process: no child to which signals would have to be passed on.
  process.argv = [process.argv[0], main, 'up', ...process.argv.slice(2)];
  await import(pathToFileURL(main).href);
});
