// Breaks laws on purpose, so that a green run of the laws means something.
import { assess } from '@lunwarden/risk';
import { ring } from './ring.js';

export const broken = [assess, ring];
