/**
 * Finds calls by which a module may open a connection in its Init phase. Static analysis can miss a call (through a name that it cannot
 * follow, or in another file), and can find one that never runs.
 */
import type { Program } from "acorn";
import {
  callsInInit,
  calleeName,
  calleeOwner,
  children,
  type Call,
  type SyntaxNode,
} from "./reached-code.ts";

interface SuspectedConnect {
  readonly line: number;
  readonly text: string;
}

const SOCKET_MODULES: ReadonlySet<string> = new Set(["net", "tls", "http2"]);
const OPENING: ReadonlySet<string> = new Set(["connect", "createConnection"]);

export function findConnectInInit(program: Program, text: string): readonly SuspectedConnect[] {
  const bindings = socketBindings(program);
  const defined = definedNames(program);
  return callsInInit(program)
    .filter((call) => opens(call, bindings, defined))
    .map((call) => ({
      line: text.slice(0, call.start).split("\n").length,
      text: text.slice(call.start, call.end).replace(/\s+/g, " ").slice(0, 60),
    }))
    .sort((one, other) => one.line - other.line);
}

function opens(call: Call, bindings: SocketBindings, defined: ReadonlySet<string>): boolean {
  const name = calleeName(call);
  const owner = calleeOwner(call);
  if (owner === null) return name !== null && bindings.functions.has(name) && call.type === "CallExpression";
  if (name === null || !OPENING.has(name)) return false;
  if (owner.type === "Identifier" && bindings.modules.has(owner.name)) return true;
  // The file does not define this `connect`, so it belongs to a library: `socket.connect(…)`, `client.connect()`.
  return name === "connect" && !defined.has(name);
}

interface SocketBindings {
  /** The names that the file gives to a complete module: `net`. */
  readonly modules: ReadonlySet<string>;
  /** The names that the file gives to a function of a module: `connect`, or `dial` in `createConnection as dial`. */
  readonly functions: ReadonlySet<string>;
}

function socketBindings(program: Program): SocketBindings {
  const modules = new Set<string>();
  const functions = new Set<string>();
  const visit = (node: SyntaxNode): void => {
    if (node.type === "ImportDeclaration" && isSocketModule(node.source.value)) {
      for (const specifier of node.specifiers) {
        if (specifier.type !== "ImportSpecifier") modules.add(specifier.local.name);
        else if (specifier.imported.type === "Identifier" && OPENING.has(specifier.imported.name))
          functions.add(specifier.local.name);
      }
    }
    if (node.type === "VariableDeclarator" && node.init != null && requiresSocketModule(node.init)) {
      if (node.id.type === "Identifier") modules.add(node.id.name);
      if (node.id.type === "ObjectPattern") {
        for (const property of node.id.properties) {
          if (
            property.type === "Property" &&
            property.key.type === "Identifier" &&
            OPENING.has(property.key.name) &&
            property.value.type === "Identifier"
          ) {
            functions.add(property.value.name);
          }
        }
      }
    }
    for (const child of children(node)) visit(child);
  };
  visit(program);
  return { modules, functions };
}

/** `require("net")`, `await import("net")`, or as bundlers wrap it: `__toESM(require("node:net"))`. */
function requiresSocketModule(node: SyntaxNode): boolean {
  if (node.type === "AwaitExpression") return requiresSocketModule(node.argument);
  if (node.type === "ImportExpression")
    return node.source.type === "Literal" && isSocketModule(node.source.value);
  if (node.type !== "CallExpression") return false;
  const [first] = node.arguments;
  if (first === undefined) return false;
  if (first.type === "Literal") return /require$/.test(calleeName(node) ?? "") && isSocketModule(first.value);
  return first.type === "CallExpression" && requiresSocketModule(first);
}

function isSocketModule(value: unknown): boolean {
  return typeof value === "string" && SOCKET_MODULES.has(value.replace(/^node:/, ""));
}

/**
 * Names of the methods that the file itself defines, and of the members of its objects and classes whose value is a function. A call of one
 * of them does not count as a call of a library, because callsInInit follows it.
 */
function definedNames(program: Program): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: SyntaxNode): void => {
    if (node.type === "MethodDefinition" || node.type === "Property" || node.type === "PropertyDefinition") {
      const isFunction = node.value != null && /Function/.test(node.value.type);
      if (node.key.type === "Identifier" && isFunction) names.add(node.key.name);
    }
    for (const child of children(node)) visit(child);
  };
  visit(program);
  return names;
}
