/**
 * Sends requests of every operation, and records which members each operation reads. A member also counts as read if the operation looks
 * for it and the request does not have it. A member that is accepted and never read would have no effect.
 */
import * as logsSdk from "@aws-sdk/client-cloudwatch-logs";
import * as lambdaSdk from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { RequestMembers } from "../../../../src/engine/request-validation/request-members.ts";
import { absentMember } from "../../../../src/engine/api-model/absent-members.ts";
import {
  type Service,
  type ModelShape,
  inputOf,
  servedOperations,
  shapeOf,
} from "../../../../src/engine/api-model/request-model.ts";
import { type TestEngine, activeFunction, handlerZip, testEngine } from "../../support/test-engine.ts";
import { LAMBDA_MEMBERS } from "./lambda-members.ts";
import { LOGS_MEMBERS } from "./logs-members.ts";

const MEMBERS = { lambda: LAMBDA_MEMBERS, logs: LOGS_MEMBERS };

type Input = Readonly<Record<string, unknown>>;
type Send = (command: unknown) => Promise<unknown>;

const READERS = [
  "text",
  "integer",
  "number",
  "boolean",
  "object",
  "texts",
  "objects",
  "textMap",
  "numberMap",
  "hasContent",
] as const;

/** Runs `action`, and returns the names of the members that were read from bodies and queries while it ran. */
async function readDuring(action: () => Promise<unknown>): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  const restore = [
    ...READERS.map((name) => observed(RequestMembers.prototype, name, names)),
    ...(["get", "getAll"] as const).map((name) => observed(URLSearchParams.prototype, name, names)),
  ];
  try {
    await action();
  } finally {
    for (const undo of restore) undo();
  }
  return names;
}

function observed<T extends object, K extends keyof T>(
  prototype: T,
  name: K,
  names: Set<string>,
): () => void {
  const original = prototype[name] as (member: string) => unknown;
  prototype[name] = function (this: T, member: string): unknown {
    names.add(member);
    return original.call(this, member);
  } as T[K];
  return () => {
    prototype[name] = original as T[K];
  };
}

/**
 * Returns the names of an operation's members in body and query. Left out are members that the engine refuses, members with the decision
 * `nothing to do` (member-decision.ts), and members whose values are bytes.
 */
function expectedOf(service: Service, operation: string): readonly string[] {
  const inBody = (shape: ModelShape, prefix: string): readonly string[] =>
    Object.entries(shape.members ?? {}).flatMap(([name, member]) => {
      const path = prefix + name;
      if (member.location === "uri" || member.location === "header") return [];
      if (absentMember(service, sentAt(path)) !== null) return [];
      const inner = shapeOf(service, member);
      const item = inner.member === undefined ? inner : shapeOf(service, inner.member);
      if (item.type === "structure") return inBody(item, `${path}.`);
      if (MEMBERS[service].decided[path]?.startsWith("nothing to do") === true || inner.type === "blob")
        return [];
      return [member.locationName ?? name];
    });
  const input = inputOf(service, operation);
  return input === null ? [] : [...new Set(inBody(input, ""))].toSorted();
}

function sentAt(path: string): Input {
  return path.split(".").reduceRight<unknown>((inner, name) => ({ [name]: inner }), "x") as Input;
}

describe("members of requests: what operations read", () => {
  let on: TestEngine;
  let zip: Buffer;
  before(async () => {
    on = await testEngine();
    zip = await handlerZip();
    await activeFunction(on, "f", zip);
    await on.lambda.send(new lambdaSdk.PublishVersionCommand({ FunctionName: "f" }));
  });
  after(() => on.close());

  for (const service of ["lambda", "logs"] as const) {
    it(`${service}: every member that is accepted is read`, async () => {
      const sdk = (service === "lambda" ? lambdaSdk : logsSdk) as Readonly<Record<string, unknown>>;
      const client = service === "lambda" ? on.lambda : on.cloudWatchLogs;
      const send = client.send.bind(client) as Send;
      const forgotten: string[] = [];
      const ofService = MEMBERS[service].requests(zip);
      const order = [...new Set([...Object.keys(ofService), ...servedOperations(service)])];
      for (const operation of order) {
        const expected = expectedOf(service, operation);
        if (expected.length === 0) continue;
        const Command = sdk[`${operation}Command`] as new (input: Input) => unknown;
        const read = await readDuring(async () => {
          // Some members are read only in requests that fail.
          for (const input of ofService[operation] ?? []) await send(new Command(input)).catch(() => null);
        });
        forgotten.push(...expected.filter((name) => !read.has(name)).map((name) => `${operation} ${name}`));
      }
      expect(forgotten).to.deep.equal([]);
    });
  }
});
