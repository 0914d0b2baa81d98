/**
 * Finds out from the source text what `handler.length` is, because nodejs24.x refuses a handler with three or more parameters
 * (docs/aws/nodejs.md#callbacks). Null if the handler is made by a call or comes from another file.
 */
import type { Function as FunctionNode, Program } from "acorn";
import { children, type SyntaxNode } from "./reached-code.ts";

export function handlerArity(program: Program, exportName: string): number | null {
  const value = exported(program, exportName);
  const found = value === null ? null : resolve(value, program);
  return found === null ? null : lengthOf(found);
}

/** The first parameter with a default, or a rest parameter, ends the count. */
function lengthOf({ params }: FunctionNode): number {
  const first = params.findIndex(
    (parameter) => parameter.type === "AssignmentPattern" || parameter.type === "RestElement",
  );
  return first === -1 ? params.length : first;
}

function resolve(node: SyntaxNode, program: Program, depth = 0): FunctionNode | null {
  if (
    node.type === "FunctionDeclaration" ||
    node.type === "FunctionExpression" ||
    node.type === "ArrowFunctionExpression"
  ) {
    return returnsName(node, depth) === null
      ? node
      : resolve(returnsName(node, depth) as SyntaxNode, program, depth + 1);
  }
  if (node.type !== "Identifier" || depth > 5) return null;
  const definition = definitionOf(node.name, program);
  return definition === null ? null : resolve(definition, program, depth + 1);
}

/** esbuild exports `handler: () => handler`, which is a getter and not the handler itself. */
function returnsName(node: FunctionNode, depth: number): SyntaxNode | null {
  return depth === 0 &&
    node.type === "ArrowFunctionExpression" &&
    node.params.length === 0 &&
    node.body.type === "Identifier"
    ? node.body
    : null;
}

function definitionOf(name: string, program: Program): SyntaxNode | null {
  for (const statement of program.body) {
    const declaration =
      statement.type === "ExportNamedDeclaration" && statement.declaration != null
        ? statement.declaration
        : statement;
    if (declaration.type === "FunctionDeclaration" && declaration.id.name === name) return declaration;
    if (declaration.type !== "VariableDeclaration") continue;
    for (const one of declaration.declarations)
      if (one.id.type === "Identifier" && one.id.name === name && one.init != null) return one.init;
  }
  return null;
}

function exported(program: Program, exportName: string): SyntaxNode | null {
  for (const statement of program.body) {
    if (statement.type !== "ExportNamedDeclaration") continue;
    for (const { exported: given, local } of statement.specifiers) {
      if (given.type === "Identifier" && given.name === exportName && statement.source == null) return local;
    }
    const { declaration } = statement;
    if (declaration?.type === "FunctionDeclaration" && declaration.id.name === exportName) return declaration;
    if (declaration?.type !== "VariableDeclaration") continue;
    for (const one of declaration.declarations)
      if (one.id.type === "Identifier" && one.id.name === exportName) return one.init ?? null;
  }
  return exportedByCommonJs(program, exportName);
}

/** `exports.handler = …`, `module.exports.handler = …`, `module.exports = { handler }` or `__export(x, { handler: () => handler })`. */
function exportedByCommonJs(program: Program, exportName: string): SyntaxNode | null {
  let found: SyntaxNode | null = null;
  const visit = (node: SyntaxNode): void => {
    if (
      node.type === "AssignmentExpression" &&
      node.left.type === "MemberExpression" &&
      node.left.property.type === "Identifier"
    ) {
      const { object, property } = node.left;
      if (property.name === exportName && isExports(object)) found = node.right;
      if (property.name === "exports" && node.right.type === "ObjectExpression")
        found = member(node.right, exportName) ?? found;
    }
    if (
      node.type === "CallExpression" &&
      node.callee.type === "Identifier" &&
      node.callee.name === "__export" &&
      node.arguments[1]?.type === "ObjectExpression"
    ) {
      found = member(node.arguments[1], exportName) ?? found;
    }
    for (const child of children(node)) visit(child);
  };
  visit(program);
  return found;
}

function member(object: SyntaxNode, name: string): SyntaxNode | null {
  if (object.type !== "ObjectExpression") return null;
  for (const property of object.properties) {
    if (property.type === "Property" && property.key.type === "Identifier" && property.key.name === name)
      return property.value;
  }
  return null;
}

function isExports(node: SyntaxNode): boolean {
  if (node.type === "Identifier") return node.name === "exports";
  return (
    node.type === "MemberExpression" &&
    node.property.type === "Identifier" &&
    node.property.name === "exports"
  );
}
