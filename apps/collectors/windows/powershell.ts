import { createRequire } from 'node:module';
import { Language, type Node, Parser } from 'web-tree-sitter';

/** Something a script calls, and the function it stands in; '' = outside any. */
export type Call = { name: string; inside: string; line: number };

const grammar = createRequire(import.meta.url).resolve('tree-sitter-powershell/tree-sitter-powershell.wasm');

/** A parser of PowerShell that needs no PowerShell: it knows the syntax, and nothing about commands. */
export async function powershellParser(): Promise<(text: string) => Node> {
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Language.load(grammar));
  return (text) => {
    const tree = parser.parse(text);
    if (tree === null) throw new Error('the parser gave up');
    return tree.rootNode;
  };
}

const named = (root: Node, types: string[]): Node[] => root.descendantsOfType(types).filter((node) => node !== null);

/** Lines that the grammar could not read. */
export function brokenLines(node: Node): number[] {
  if (!node.hasError) return [];
  const below = node.children.flatMap((child) => (child === null ? [] : brokenLines(child)));
  return node.isError || node.isMissing || below.length === 0 ? [node.startPosition.row + 1, ...below] : below;
}

export const functionsOf = (root: Node): string[] => named(root, ['function_name']).map(({ text }) => text);

/** Commands and programs, by name; `& $x` has the name `$x`. */
export const commandsOf = (root: Node): Call[] => named(root, ['command_name', 'command_name_expr']).map(callOf);

/** Methods that are called, also static ones: `[System.IO.File]::Delete` has the name `File.Delete`. */
export function methodsOf(root: Node): Call[] {
  return named(root, ['invokation_expression']).map((node) => {
    const [target, , member] = node.children.filter((child) => child !== null);
    const type = /^\[(?:.*\.)?(\w+)\]$/.exec(target?.text ?? '')?.[1];
    const method = node.children.find((child) => child?.type === 'member_name')?.text ?? member?.text ?? '?';
    return { ...callOf(node), name: type === undefined ? method : `${type}.${method}` };
  });
}

/** `X.Y = ...`: properties of objects that are set. */
export const assignedMembersOf = (root: Node): Call[] =>
  named(root, ['left_assignment_expression'])
    .filter(({ text }) => /(\.|::)\w+\s*$/.test(text))
    .map(callOf);

function callOf(node: Node): Call {
  let above: Node | null = node;
  while (above !== null && above.type !== 'function_statement') above = above.parent;
  const inside = above === null ? '' : (named(above, ['function_name'])[0]?.text ?? '');
  return { name: node.text, inside, line: node.startPosition.row + 1 };
}
