/**
 * Returns the names that a module exports. Null if the text does not show all of them: with `export *`, in CommonJS, or if it is not
 * JavaScript.
 */
import { parse, type AnyNode, type Program } from "acorn";

export function exportedNames(text: string): readonly string[] | null {
  const body = parseModule(text)?.body ?? [];
  if (!body.some(({ type }) => /^(?:Import|Export\w+)Declaration$/.test(type))) return null;
  const names: string[] = [];
  for (const statement of body) {
    if (statement.type === "ExportAllDeclaration") {
      if (statement.exported == null) return null;
      names.push(nameOf(statement.exported));
    }
    if (statement.type === "ExportDefaultDeclaration") names.push("default");
    if (statement.type !== "ExportNamedDeclaration") continue;
    names.push(...statement.specifiers.map(({ exported }) => nameOf(exported)));
    const { declaration } = statement;
    if (declaration?.type === "VariableDeclaration")
      names.push(...declaration.declarations.flatMap(({ id }) => bound(id)));
    else if (declaration != null) names.push(declaration.id.name);
  }
  return names;
}

/** Returns null if the text is not JavaScript. */
function parseModule(text: string): Program | null {
  for (const sourceType of ["module", "script"] as const) {
    try {
      return parse(text, {
        ecmaVersion: "latest",
        sourceType,
        allowHashBang: true,
        allowAwaitOutsideFunction: true,
        allowReturnOutsideFunction: true,
      });
    } catch {
      continue;
    }
  }
  return null;
}

/** In `export { a as "b c" }` the name is a string. */
function nameOf(node: AnyNode): string {
  if (node.type === "Identifier") return node.name;
  return node.type === "Literal" ? String(node.value) : "";
}

/** Returns the names that the left side of a declaration defines. It is a pattern such as `a`, `{ a, b: c }` or `[a = 1]`. */
function bound(node: AnyNode): readonly string[] {
  if (node.type === "Identifier") return [node.name];
  if (node.type === "Property") return bound(node.value);
  if (node.type === "AssignmentPattern") return bound(node.left);
  return children(node).flatMap(bound);
}

function children(node: AnyNode): readonly AnyNode[] {
  return Object.values(node).flatMap((value: unknown) =>
    (Array.isArray(value) ? value : [value]).filter(isNode),
  );
}

function isNode(value: unknown): value is AnyNode {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as { readonly type?: unknown }).type === "string"
  );
}
