/**
 * Finds every mutant of a source file in the syntax tree of the TypeScript compiler. All mutants replace an expression by another
 * expression, so that plant-mutants.ts can plant many of them at once. Which faults are planted: a condition is negated, a guard is removed,
 * a boundary moves, `and` and `or` are exchanged, a number is one more or less, a filter or a call is left out.
 */
import ts from "typescript";
import type { Mutant } from "./mutant.ts";

const OPERATORS: ReadonlyMap<ts.SyntaxKind, string> = new Map([
  [ts.SyntaxKind.LessThanToken, "<="],
  [ts.SyntaxKind.LessThanEqualsToken, "<"],
  [ts.SyntaxKind.GreaterThanToken, ">="],
  [ts.SyntaxKind.GreaterThanEqualsToken, ">"],
  [ts.SyntaxKind.EqualsEqualsEqualsToken, "!=="],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, "==="],
  [ts.SyntaxKind.EqualsEqualsToken, "!="],
  [ts.SyntaxKind.ExclamationEqualsToken, "=="],
  [ts.SyntaxKind.AmpersandAmpersandToken, "||"],
  [ts.SyntaxKind.BarBarToken, "&&"],
  [ts.SyntaxKind.PlusToken, "-"],
  [ts.SyntaxKind.MinusToken, "+"],
  [ts.SyntaxKind.AsteriskToken, "/"],
  [ts.SyntaxKind.SlashToken, "*"],
]);
const EQUALITY: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
]);
/** Calls that may be left out, so that the value remains on which they were called. */
const LEFT_OUT: ReadonlySet<string> = new Set(["filter", "sort", "toSorted", "reverse", "slice"]);
const EXCHANGED: ReadonlyMap<string, string> = new Map([
  ["some", "every"],
  ["every", "some"],
  ["find", "findLast"],
  ["findLast", "find"],
  ["min", "max"],
  ["max", "min"],
]);

export function findMutants(file: string, text: string): readonly Mutant[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Mutant[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    for (const becomes of faultsOf(node, source)) {
      const start = node.getStart(source);
      const line = source.getLineAndCharacterOfPosition(start).line + 1;
      found.push({ file, line, start, end: node.end, code: node.getText(source), becomes });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function faultsOf(node: ts.Node, source: ts.SourceFile): readonly string[] {
  const textOf = (one: ts.Node): string => one.getText(source);
  const own = ownFaults(node, textOf);
  if (!isCondition(node)) return own;
  if (isGuard(node.parent)) return ["false", ...own];
  // An exchanged `===` is the negated condition.
  return ts.isBinaryExpression(node) && EQUALITY.has(node.operatorToken.kind)
    ? own
    : [`!(${textOf(node)})`, ...own];
}

function ownFaults(node: ts.Node, textOf: (one: ts.Node) => string): readonly string[] {
  if (ts.isNumericLiteral(node)) return isName(node) ? [] : numbersBeside(Number(node.text));
  if (node.kind === ts.SyntaxKind.TrueKeyword) return ["false"];
  if (node.kind === ts.SyntaxKind.FalseKeyword) return ["true"];
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    return isCondition(node) ? [] : [textOf(node.operand)];
  if (ts.isBinaryExpression(node)) return faultsOfBinary(node, textOf);
  if (ts.isCallExpression(node)) return faultsOfCall(node, textOf);
  return [];
}

function faultsOfBinary(
  { left, right, operatorToken }: ts.BinaryExpression,
  textOf: (one: ts.Node) => string,
): readonly string[] {
  if (operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken) return [textOf(left)];
  const other = OPERATORS.get(operatorToken.kind);
  // `+` joins texts, too.
  if (
    other === undefined ||
    [left, right].some((one) => ts.isStringLiteralLike(one) || ts.isTemplateExpression(one))
  )
    return [];
  // `a ?? b || c` is no JavaScript, so both sides get parentheses.
  return [`(${textOf(left)}) ${other} (${textOf(right)})`];
}

function faultsOfCall(node: ts.CallExpression, textOf: (one: ts.Node) => string): readonly string[] {
  if (ts.isExpressionStatement(node.parent))
    return node.expression.kind === ts.SyntaxKind.SuperKeyword ? [] : ["undefined"];
  // In `a?.b.filter(c)`, a part alone would not end with `a`.
  if (!ts.isPropertyAccessExpression(node.expression) || (node.flags & ts.NodeFlags.OptionalChain) !== 0)
    return [];
  const { expression: on, name } = node.expression;
  const exchanged = EXCHANGED.get(name.text);
  const given = node.arguments.map(textOf).join(", ");
  return [
    ...(LEFT_OUT.has(name.text) ? [textOf(on)] : []),
    ...(exchanged === undefined ? [] : [`${textOf(on)}.${exchanged}(${given})`]),
  ];
}

function isCondition(node: ts.Node): boolean {
  const { parent } = node;
  if (parent === undefined) return false;
  return (
    (ts.isIfStatement(parent) && parent.expression === node) ||
    (ts.isConditionalExpression(parent) && parent.condition === node)
  );
}

/** Whether this is an `if` that only leaves: its function, its loop or with an error. */
function isGuard(node: ts.Node): boolean {
  if (!ts.isIfStatement(node) || node.elseStatement !== undefined) return false;
  const { thenStatement: then } = node;
  const [only, ...more] = ts.isBlock(then) ? then.statements : [then];
  return (
    only !== undefined &&
    more.length === 0 &&
    (ts.isReturnStatement(only) ||
      ts.isThrowStatement(only) ||
      ts.isContinueStatement(only) ||
      ts.isBreakStatement(only))
  );
}

/** Whether a number is the name of a member. */
function isName({ parent }: ts.Node): boolean {
  return ts.isPropertyAssignment(parent) && ts.isNumericLiteral(parent.name);
}

/** A number below 0 is rarely meant, and `-1` is written as a minus and `1`. */
function numbersBeside(number: number): readonly string[] {
  return [String(number + 1), ...(number > 0 ? [String(number - 1)] : [])];
}
