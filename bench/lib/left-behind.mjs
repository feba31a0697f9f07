/** What a bench that breaks off would leave running, in the order in which it came to be. */
const left = new Set();

// 'exit' comes after an error that nobody caught, too; nothing in it may wait.
process.once('exit', () => {
  for (const end of [...left].reverse()) end();
});
// A signal would end this process without its 'exit'.
for (const [signal, number] of [
  ['SIGHUP', 1],
  ['SIGINT', 2],
  ['SIGTERM', 15],
])
  process.once(signal, () => process.exit(128 + number));

/** Sees to it that `end` runs when this process ends before `forget` (returned) was called. */
export function endLater(end) {
  left.add(end);
  return () => left.delete(end);
}

/** Ends a process by its id; it may have ended already. */
export function endProcess(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
