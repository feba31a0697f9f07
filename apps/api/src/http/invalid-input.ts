import type { z } from 'zod';

/** What was sent does not fit its schema; `errors` names the failing paths, at most fifty. */
export class InvalidInput extends Error {
  readonly code = 'invalid_input';
  readonly errors: { path: string; message: string }[];

  constructor(issues: readonly z.core.$ZodIssue[]) {
    super('The request does not fit the schema of this route; see errors for the failing paths.');
    this.errors = issues
      .slice(0, 50)
      .flatMap(leaves)
      .slice(0, 50)
      .map((issue) => ({
        path: shown(issue.path.map(String).join('.')),
        message: shown(issue.message),
      }));
  }
}

type Leaf = { path: readonly PropertyKey[]; message: string };

/** Inside a union the branch that got furthest says what is wrong: of `{value}` or `{unknown}`, the one that was meant. */
function leaves(issue: z.core.$ZodIssue): Leaf[] {
  if (issue.code !== 'invalid_union') return [issue];
  const branches = issue.errors.map((errors) => errors.slice(0, 50).flatMap(leaves));
  const depth = (branch: readonly Leaf[]): number => Math.max(0, ...branch.map(({ path }) => path.length));
  const [furthest] = branches.filter((branch) => branch.length > 0).toSorted((a, b) => depth(b) - depth(a));
  if (furthest === undefined || depth(furthest) === 0) return [issue];
  return furthest.map(({ path, message }) => ({ path: [...issue.path, ...path], message }));
}

/** Names of unknown fields are quoted as they were sent: nothing in them may steer a log, a terminal or a page. */
const shown = (text: string): string => text.slice(0, 300).replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '\ufffd');
