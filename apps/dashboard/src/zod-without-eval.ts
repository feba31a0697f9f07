import { z } from 'zod';

// `script-src 'self'` forbids compiling code at run time; zod would try, and the browser would report it.
z.config({ jitless: true });
