import { z } from 'zod';

/** View state of the list of overrides: `open` are those about which something can still be done. */
export const OverridesSearch = z.object({ show: z.enum(['open', 'all']).optional().catch(undefined) });
