// A whole API in a process of its own, for tests that kill it. Configuration comes as JSON; the first line out is `{url, setupCode}`.
import { startApi } from '@lunwarden/api';

const api = await startApi(JSON.parse(process.argv[2] ?? '{}'));
process.stdout.write(`${JSON.stringify({ url: api.url, setupCode: api.setupCode })}\n`);
process.once('SIGTERM', () => void api.close().then(() => process.exit(0)));
