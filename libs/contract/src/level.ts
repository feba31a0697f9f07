import { z } from 'zod';
import { levels, patchExposures, severities } from './words.js';

export const LevelSchema = z.enum(levels);
export const SeveritySchema = z.enum(severities);
export const PatchExposureSchema = z.enum(patchExposures);
