import { startPostgres } from '../src/postgres/start-postgres.js';

/** A process that uses a cluster until it gets SIGTERM, or is killed: what `lunwarden up` is to its database. */
const [directory = '', rootAs] = process.argv.slice(2);
const prefer = rootAs === 'nobody' || rootAs === 'user-namespace' ? rootAs : undefined;
try {
  const server = await startPostgres({ directory, rootAs: prefer });
  process.once('SIGTERM', () => {
    server.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
  const { pid, isReused, account } = server;
  process.stdout.write(`${JSON.stringify({ pid, isReused, account, url: server.url('postgres') })}\n`);
} catch (error) {
  const code = error instanceof Error && 'code' in error ? error.code : String(error);
  process.stdout.write(`${JSON.stringify({ code })}\n`);
}
