import type { z } from 'zod';

/** What was sent does not fit its schema; `errors` names the failing paths, at most fifty. */
export class InvalidInput extends Error {
  readonly code = 'invalid_input';
  readonly errors: { path: string; message: string }[];

  constructor(issues: readonly z.core.$ZodIssue[]) {
    super('The request does not fit the schema of this route; see errors for the failing paths.');
    this.errors = issues.slice(0, 50).map((issue) => ({
      path: issue.path.map(String).join('.').slice(0, 300),
      message: issue.message.slice(0, 300),
    }));
  }
}
