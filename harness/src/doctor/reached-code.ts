/**
 * Finds calls that may run in the Init phase: at module scope, and in functions that are called from there. Functions are found by name,
 * without types. A function that is passed as an argument is not followed, except in `new Promise(…)`, `then`, `catch` and `finally`.
 */
import type { AnyNode, CallExpression, ClassBody, NewExpression, Program } from "acorn";

export type SyntaxNode = AnyNode;
export type Call = CallExpression | NewExpression;

const FUNCTIONS = new Set(["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"]);
const AT_ONCE = new Set(["then", "catch", "finally"]);

export function callsInInit(program: Program): readonly Call[] {
  const named = namedFunctions(program);
  const reached: Call[] = [];
  const entered = new Set<SyntaxNode>();
  const waiting: SyntaxNode[] = [program];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (entered.has(node)) continue;
    entered.add(node);
    for (const call of callsOf(node)) {
      reached.push(call);
      for (const next of [...runAtOnce(call), ...(named.get(calleeName(call) ?? "") ?? [])])
        waiting.push(next);
    }
  }
  return reached;
}

/** `connect` in `connect()`, `net.connect()`, `(0, net.connect)()` and `new connect()`. */
export function calleeName({ callee }: Call): string | null {
  const target = callee.type === "SequenceExpression" ? callee.expressions.at(-1) : callee;
  if (target?.type === "Identifier") return target.name;
  if (target?.type !== "MemberExpression") return null;
  if (target.computed)
    return target.property.type === "Literal" && typeof target.property.value === "string"
      ? target.property.value
      : null;
  return target.property.type === "Identifier"
    ? target.property.name
    : target.property.type === "PrivateIdentifier"
      ? `#${target.property.name}`
      : null;
}

/** `net` in `net.connect()`, `import_net` in `(0, import_net.connect)()`. Null if no member is called. */
export function calleeOwner({ callee }: Call): SyntaxNode | null {
  const target = callee.type === "SequenceExpression" ? callee.expressions.at(-1) : callee;
  return target?.type === "MemberExpression" ? target.object : null;
}

/** Returns the calls in a body, without the calls in functions inside the body. */
function callsOf(node: SyntaxNode): readonly Call[] {
  const calls: Call[] = [];
  const visit = (one: SyntaxNode): void => {
    if (one.type === "CallExpression" || one.type === "NewExpression") calls.push(one);
    for (const child of children(one))
      if (!FUNCTIONS.has(child.type) && child.type !== "ClassBody") visit(child);
    // A class definition runs static blocks and static fields at once; the constructor and other fields run at `new`.
    for (const child of children(one))
      if (child.type === "ClassBody") for (const part of staticParts(child)) visit(part);
  };
  for (const child of children(node)) if (!FUNCTIONS.has(child.type)) visit(child);
  return calls;
}

/**
 * Returns the code that the class definition runs at once. A function in a static field is left out, because it runs only when it is
 * called.
 */
function staticParts(body: ClassBody): readonly SyntaxNode[] {
  const parts = body.body.flatMap((member): readonly SyntaxNode[] => {
    if (member.type === "StaticBlock") return member.body;
    return member.type === "PropertyDefinition" && member.static && member.value != null
      ? [member.value]
      : [];
  });
  return parts.filter((part) => !FUNCTIONS.has(part.type));
}

function runAtOnce(call: Call): readonly SyntaxNode[] {
  const own = FUNCTIONS.has(call.callee.type) ? [call.callee] : [];
  const given = call.arguments.filter((argument) => FUNCTIONS.has(argument.type));
  const name = calleeName(call);
  const promised = call.type === "NewExpression" ? name === "Promise" : name !== null && AT_ONCE.has(name);
  return promised ? [...own, ...given] : own;
}

/** Returns the code of each function by its name. For a class, this is the code that `new` runs. */
function namedFunctions(program: Program): ReadonlyMap<string, readonly SyntaxNode[]> {
  const named = new Map<string, SyntaxNode[]>();
  const add = (name: string | null, node: SyntaxNode): void => {
    if (name === null) return;
    const known = named.get(name);
    if (known === undefined) named.set(name, [node]);
    else known.push(node);
  };
  const visit = (node: SyntaxNode): void => {
    nameOne(node, add);
    for (const child of children(node)) visit(child);
  };
  visit(program);
  return named;
}

function nameOne(node: SyntaxNode, add: (name: string | null, node: SyntaxNode) => void): void {
  if (node.type === "FunctionDeclaration") add(node.id?.name ?? null, node);
  if (node.type === "VariableDeclarator" && node.id.type === "Identifier" && node.init != null)
    addValue(node.id.name, node.init, add);
  if (node.type === "AssignmentExpression") {
    const name =
      node.left.type === "Identifier"
        ? node.left.name
        : node.left.type === "MemberExpression"
          ? keyName(node.left.property, node.left.computed)
          : null;
    addValue(name, node.right, add);
  }
  if (node.type === "Property") addValue(keyName(node.key, node.computed), node.value, add);
  if (node.type === "MethodDefinition" && node.kind === "method")
    add(keyName(node.key, node.computed), node.value);
  if (node.type === "PropertyDefinition" && node.value != null)
    addValue(keyName(node.key, node.computed), node.value, add);
  if (node.type === "ClassDeclaration") addClass(node.id?.name ?? null, node.body, add);
}

function addValue(
  name: string | null,
  value: SyntaxNode,
  add: (name: string | null, node: SyntaxNode) => void,
): void {
  if (FUNCTIONS.has(value.type)) add(name, value);
  if (value.type === "ClassExpression") addClass(name, value.body, add);
}

function addClass(
  name: string | null,
  body: ClassBody,
  add: (name: string | null, node: SyntaxNode) => void,
): void {
  for (const member of body.body) {
    if (member.type === "MethodDefinition" && member.kind === "constructor") add(name, member.value);
    if (
      member.type === "PropertyDefinition" &&
      !member.static &&
      member.value != null &&
      !FUNCTIONS.has(member.value.type)
    )
      add(name, member);
  }
}

function keyName(key: SyntaxNode, computed: boolean): string | null {
  if (key.type === "PrivateIdentifier") return `#${key.name}`;
  if (key.type === "Literal") return typeof key.value === "string" ? key.value : null;
  return key.type === "Identifier" && !computed ? key.name : null;
}

export function children(node: SyntaxNode): readonly SyntaxNode[] {
  return Object.values(node).flatMap((value: unknown) =>
    (Array.isArray(value) ? value : [value]).filter(isNode),
  );
}

function isNode(value: unknown): value is SyntaxNode {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as { readonly type?: unknown }).type === "string"
  );
}
