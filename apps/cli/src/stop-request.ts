/** Ctrl-C or SIGTERM, heard from the first moment on: also a start that is half done must be taken back in an orderly way. */
export type StopRequest = { readonly isMade: boolean; readonly made: Promise<void> };

/** Listens for the rest of the process's life. Repeats are ignored: npm and the terminal both pass the signal on. */
export function listenForStop(): StopRequest {
  let isMade = false;
  const made = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        isMade = true;
        resolve();
      });
    }
  });
  return {
    made,
    get isMade() {
      return isMade;
    },
  };
}
