import { broken } from './index.js';

export const ring = broken;
