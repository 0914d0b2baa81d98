/** Collects the members of a Lambda request from its path, query, headers and body, with the names of the API model. Pure. */
import type { IncomingHttpHeaders } from "node:http";
import { type ModelMember, type ModelShape, inputOf, shapeOf } from "./request-model.ts";
import type { SentMembers } from "./check-request.ts";

export interface RequestParts {
  /** The decoded segments of the path, by the name of their member. */
  readonly path: Readonly<Record<string, string | undefined>>;
  readonly query: URLSearchParams | null;
  readonly headers: IncomingHttpHeaders;
  readonly body: SentMembers;
}

export function collectMembers(operation: string, parts: RequestParts): SentMembers {
  const input = inputOf("lambda", operation);
  if (input === null) return parts.body;
  const sent: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(input.members ?? {})) {
    const value = memberIn(parts, name, member);
    if (value !== undefined && value !== null) sent[name] = value;
  }
  return sent;
}

function memberIn(parts: RequestParts, name: string, member: ModelMember): unknown {
  const wireName = member.locationName ?? name;
  const shape = shapeOf("lambda", member);
  switch (member.location) {
    case "uri":
      return typed(parts.path[name], shape);
    case "querystring": {
      if (shape.type !== "list") return typed(parts.query?.get(wireName), shape);
      const values = parts.query?.getAll(wireName) ?? [];
      return values.length === 0 ? undefined : values;
    }
    case "header": {
      const value = parts.headers[wireName.toLowerCase()];
      // An empty header counts as sent only if the model forbids an empty value, because then it is a mistake.
      return value === "" && shape.min === undefined ? undefined : value;
    }
    default:
      return Object.hasOwn(parts.body, wireName) ? parts.body[wireName] : undefined;
  }
}

/** Returns a value of a path or a query as a number if the model says so: in the request every value is text. */
function typed(text: string | null | undefined, { type }: ModelShape): string | number | undefined {
  if (text === null || text === undefined) return undefined;
  if (type !== "integer" && type !== "long") return text;
  return text === "" ? undefined : Number(text);
}
