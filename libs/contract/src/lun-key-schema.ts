import { z } from 'zod';
import type { LunKey } from './lun-key.js';

export const LunKeySchema = z
  .string()
  .max(600)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
  .regex(/^(naa|eui|t10|name|uuid|esx):[^\u0000-\u001f\u007f]+$/)
  .transform((text) => text as LunKey);
