import { readFileSync } from 'node:fs';
import { secret } from '@lunwarden/contract/src/secret.js';
import { sampleFleet } from '@lunwarden/sample-fleet';
import leftPad from 'left-pad';
import { nowhere } from './nowhere.js';

export const broken = [readFileSync, secret, sampleFleet, leftPad, nowhere, process.env['HOME'], { rejectUnauthorized: false }];
