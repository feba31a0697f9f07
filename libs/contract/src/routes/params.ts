import { z } from 'zod';
import { IsoWeek } from '../weekly.js';

export const id = z.strictObject({ id: z.uuid() });
export const week = z.strictObject({ week: IsoWeek });
