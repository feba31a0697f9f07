import type { z } from 'zod';

/** What was sent does not fit its schema; `errors` names the failing paths, at most fifty. */
export class InvalidInput extends Error {
  readonly code = 'invalid_input';
  readonly errors: { path: string; message: string }[];

  constructor(issues: readonly z.core.$ZodIssue[]) {
    super('The request does not fit the schema of this route; see errors for the failing paths.');
    this.errors = issues.slice(0, 50).map((issue) => ({
      path: shown(issue.path.map(String).join('.')),
      message: shown(issue.message),
    }));
  }
}

/** Names of unknown fields are quoted as they were sent: nothing in them may steer a log, a terminal or a page. */
const shown = (text: string): string => text.slice(0, 300).replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '\ufffd');
