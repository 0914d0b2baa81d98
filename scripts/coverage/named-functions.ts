/** The names of the functions and methods in a source file, as V8 gives them: an arrow function has the name of its constant. */
import ts from "typescript";

export function namedFunctions(text: string): readonly string[] {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    const name = nameOf(node);
    if (name !== null) names.add(name);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("source.ts", text, ts.ScriptTarget.Latest, true));
  return [...names];
}

function nameOf(node: ts.Node): string | null {
  if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node))
    return node.body === undefined ? null : (node.name?.getText() ?? null);
  const isValue =
    (ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node)) && node.initializer !== undefined;
  return isValue && (ts.isArrowFunction(node.initializer) || ts.isFunctionExpression(node.initializer))
    ? node.name.getText()
    : null;
}
