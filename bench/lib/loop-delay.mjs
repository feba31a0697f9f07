// Loaded into the API by `--import`: on SIGUSR2 it writes how long the event loop was held up since the last time, and starts anew.
import { writeFileSync } from 'node:fs';
import { watchTurns } from './turns.mjs';

const turns = watchTurns();
process.on('SIGUSR2', () => writeFileSync(process.env.BENCH_LOOP_FILE, JSON.stringify(turns())));
