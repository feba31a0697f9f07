import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Switchboard {
  /** One address, whoever answers behind it. */
  readonly url: string;
  /** From now on new connections go there. */
  to(url: string): void;
  stop(): Promise<void>;
}

/** A vCenter whose estate changes altogether: a port that is connected through to one simulator or another. */
export async function startSwitchboard(first: string): Promise<Switchboard> {
  let target = new URL(first);
  const open = new Set<Socket>();
  const server = createServer((caller) => {
    const callee = connect(Number(target.port), '127.0.0.1');
    for (const [one, other] of [
      [caller, callee],
      [callee, caller],
    ] as const) {
      open.add(one);
      one.pipe(other);
      one.once('error', () => other.destroy());
      one.once('close', () => {
        open.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    to(url) {
      target = new URL(url);
      for (const socket of open) socket.destroy();
    },
    async stop() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
