import type { z } from 'zod';
import type { Permission } from '../access.js';

/** One door of the API. */
export type Route = {
  method: 'GET' | 'POST' | 'DELETE';
  /** Fastify's form: `:id` is a parameter. */
  path: `/api/v1/${string}`;
  permission: Permission;
  summary: string;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** Media types of a body that is a file. */
  upload?: readonly string[];
  /** Body of each 2xx answer; a string is the media type of one that is not JSON, null = no body. */
  answers: Record<number, z.ZodType | string | null>;
};
