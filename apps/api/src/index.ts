export type { ApiConfig } from './config.js';
export { type StartedApi, startApi } from './start-api.js';
