import { cpus, loadavg } from 'node:os';

/** What a figure must be read beside. */
export const machine = () => ({
  node: process.version,
  cores: cpus().length,
  load: Math.round(loadavg()[0] * 10) / 10,
});
