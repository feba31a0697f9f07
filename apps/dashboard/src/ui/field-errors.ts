import type { z } from 'zod';

/** The first complaint about each field, by the field's path (`trust.sha256`). */
export function errorsByField(error: z.ZodError): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { path, message } of error.issues) errors[path.join('.')] ??= message;
  return errors;
}
