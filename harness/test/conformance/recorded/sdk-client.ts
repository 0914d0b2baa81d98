/** The AWS SDK for JavaScript v3 as the client that makes recorded calls again. It also keeps the bytes that it received. */
import * as logsSdk from "@aws-sdk/client-cloudwatch-logs";
import * as lambdaSdk from "@aws-sdk/client-lambda";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import type { Client, Seen } from "./client.ts";
import { REGION } from "./sessions.ts";

interface WireResponse {
  statusCode: number;
  headers: Record<string, string>;
  body: Readable;
}

type LambdaCommand = new (input: object) => lambdaSdk.InvokeCommand;
type LogsCommand = new (input: object) => logsSdk.DescribeLogGroupsCommand;

function commandOf<Class>(sdk: object, operation: string): Class {
  const found = (sdk as Record<string, unknown>)[`${operation}Command`];
  if (found === undefined) throw new Error(`the SDK has no ${operation}`);
  return found as Class;
}

export function sdkClient(endpoint: string, zip: Buffer): Client {
  const settings = {
    endpoint,
    region: REGION,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  };
  const lambda = new lambdaSdk.LambdaClient(settings);
  const logs = new logsSdk.CloudWatchLogsClient(settings);
  let wire: { status: number; raw: Seen["raw"] } = { status: 0, raw: null };
  const keepWire =
    <Args, Result extends { response: unknown }>(next: (args: Args) => Promise<Result>) =>
    async (args: Args): Promise<Result> => {
      const result = await next(args);
      const response = result.response as WireResponse;
      const bytes = await buffer(response.body);
      wire = {
        status: response.statusCode,
        raw: {
          type: response.headers["x-amzn-errortype"],
          headers: response.headers,
          text: bytes.toString("utf8"),
        },
      };
      response.body = Readable.from([bytes]);
      return result;
    };
  const step = { step: "deserialize", priority: "low", name: "keepWire" } as const;
  lambda.middlewareStack.add((next) => keepWire(next), step);
  logs.middlewareStack.add((next) => keepWire(next), step);
  return {
    async call(service, operation, input): Promise<Seen> {
      const sent = withBytes(input, zip) as object;
      try {
        const { $metadata, ...output } = await (service === "lambda"
          ? lambda.send(new (commandOf<LambdaCommand>(lambdaSdk, operation))(sent))
          : logs.send(new (commandOf<LogsCommand>(logsSdk, operation))(sent)));
        return {
          status: $metadata.httpStatusCode ?? null,
          error: null,
          message: null,
          output: plain(output),
          raw: wire.raw,
        };
      } catch (error) {
        const { name, message } = error as Error;
        if (!("$metadata" in (error as Error))) throw error;
        return { status: wire.status, error: name, message, output: null, raw: wire.raw };
      }
    },
    close: () => {
      lambda.destroy();
      logs.destroy();
      return Promise.resolve();
    },
  };
}

function withBytes(value: unknown, zip: Buffer): unknown {
  if (value === "<zip>") return zip;
  if (Array.isArray(value)) return value.map((item) => withBytes(item, zip));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withBytes(item, zip)]));
}

function plain(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1_000;
  if (value instanceof Uint8Array) return Buffer.from(value).toString("utf8");
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, plain(item)]),
  );
}
