import { z } from 'zod';

/** Text without control characters and of bounded length: it will be shown in logs, pages, mails and sheets. */
export const Text = (max = 4096) =>
  z
    .string()
    .max(max)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
    .regex(/^[^\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/, 'contains a control character');

export const HostName = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,253}$/, 'letters, digits, dot, dash and underscore, at most 253');
/** An unsigned 64-bit integer as decimal text: JSON numbers lose digits past 2^53. */
export const DecimalText = z.string().regex(/^(0|[1-9][0-9]{0,19})$/, 'an unsigned decimal integer as text');
/** UTC, and within the years that every database and every arithmetic of ours can take: a clock may say anything. */
export const Instant = z.iso
  .datetime({ offset: false })
  .refine((at) => at >= '2000-01-01' && at < '2100-01-01', 'an instant between the years 2000 and 2100');
export const Count = z
  .int()
  .min(0)
  .max(2 ** 31 - 1);
/** Windows error code as the update history prints it, lower case. */
export const HResult = z.string().regex(/^0x[0-9a-f]{8}$/, 'an HRESULT such as 0x800f0a12, lower case');
