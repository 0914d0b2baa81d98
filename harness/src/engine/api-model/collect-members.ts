/** Collects the members of a Lambda request from its path, query, headers and body, with the names of the API model. Pure. */
import type { IncomingHttpHeaders } from "node:http";
import { type ModelShape, inputOf, shapeOf } from "./request-model.ts";
import type { SentMembers } from "./check-request.ts";

export interface RequestParts {
  /** The decoded segments of the path, by the name of their member. */
  readonly path: Readonly<Record<string, string | undefined>>;
  readonly query: URLSearchParams | null;
  readonly headers: IncomingHttpHeaders;
  readonly body: SentMembers;
}

/** `wireName` is the name in the request. */
interface InputMember {
  readonly name: string;
  readonly wireName: string;
  readonly location: string | undefined;
  readonly shape: ModelShape;
}

const inputMembers = new Map<string, readonly InputMember[] | null>();

export function collectMembers(operation: string, parts: RequestParts): SentMembers {
  let members = inputMembers.get(operation);
  if (members === undefined) {
    members = membersOf(operation);
    inputMembers.set(operation, members);
  }
  if (members === null) return parts.body;
  const sent: Record<string, unknown> = {};
  for (const member of members) {
    const value = valueIn(parts, member);
    if (value !== undefined && value !== null) sent[member.name] = value;
  }
  return sent;
}

/** Returns null for an operation without input. */
function membersOf(operation: string): readonly InputMember[] | null {
  const input = inputOf("lambda", operation);
  if (input === null) return null;
  return Object.entries(input.members ?? {}).map(([name, member]) => {
    const { location, locationName = name } = member;
    const wireName = location === "header" ? locationName.toLowerCase() : locationName;
    return { name, wireName, location, shape: shapeOf("lambda", member) };
  });
}

function valueIn(parts: RequestParts, { name, wireName, location, shape }: InputMember): unknown {
  switch (location) {
    case "uri":
      return typed(parts.path[name], shape);
    case "querystring": {
      if (parts.query === null) return undefined;
      if (shape.type !== "list") return typed(parts.query.get(wireName), shape);
      const values = parts.query.getAll(wireName);
      return values.length === 0 ? undefined : values;
    }
    case "header": {
      const value = parts.headers[wireName];
      // An empty header counts as sent only if the model forbids an empty value, because then it is a mistake.
      return value === "" && shape.min === undefined ? undefined : value;
    }
    default:
      return Object.hasOwn(parts.body, wireName) ? parts.body[wireName] : undefined;
  }
}

/** In a path or a query every value is text. Returns a number if the model says so. */
function typed(text: string | null | undefined, { type }: ModelShape): string | number | undefined {
  if (text === null || text === undefined) return undefined;
  if (type !== "integer" && type !== "long") return text;
  return text === "" ? undefined : Number(text);
}
