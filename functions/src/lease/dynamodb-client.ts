/**
 * A client of DynamoDB with two operations, over node:http or node:https. A socket that was kept during a freeze may be dead, so a request
 * without an answer is sent again. The first request may have arrived although its answer was lost, and the conditions of writes must allow
 * for that.
 */
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { text } from "node:stream/consumers";
import { limitWait } from "../limit-wait.ts";
import type { LeaseSettings } from "./lease-settings.ts";
import { signRequest } from "./sign-request.ts";

type AttributeValue = { readonly S: string } | { readonly N: string };
export type Item = Readonly<Record<string, AttributeValue>>;

type WriteResult = { readonly written: true; readonly item: Item } | { readonly written: false };

export interface DynamoDbClient {
  /** Returns null if there is no such row. */
  getItem(input: Readonly<Record<string, unknown>>, deadline: number): Promise<Item | null>;
  /** Returns `written: false` if the condition does not hold. */
  updateItem(input: Readonly<Record<string, unknown>>, deadline: number): Promise<WriteResult>;
  close(): void;
}

class DynamoDbError extends Error {
  override readonly name = "LeaseTableError";
}

const SEND_AGAIN_MS = 25;
const ANSWER_WITHIN_MS = 1_000;
/** Temporary errors. The request is sent again. */
const PASSING =
  /Throttling|ProvisionedThroughputExceeded|RequestLimitExceeded|InternalServerError|ServiceUnavailable|TransactionConflict/;

/** Deadlines are values of `performance.now()`. */
export function dynamoDbClient(settings: LeaseSettings): DynamoDbClient {
  const base = new URL(settings.endpoint ?? `https://dynamodb.${settings.region}.amazonaws.com`);
  const secure = base.protocol === "https:";
  const agent = secure ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });

  async function post(
    operation: string,
    input: object,
    limitMs: number,
  ): Promise<{ readonly status: number; readonly body: string }> {
    const body = JSON.stringify(input);
    const headers = signRequest({
      service: "dynamodb",
      region: settings.region,
      host: base.host,
      body,
      credentials: settings.credentials,
      now: new Date(),
      headers: {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": `DynamoDB_20120810.${operation}`,
      },
    });
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const options = {
        method: "POST",
        agent,
        headers: { ...headers, "content-length": Buffer.byteLength(body) },
      };
      const request = (secure ? httpsRequest : httpRequest)(base, options, resolve);
      const endLimit = limitWait(limitMs, () => request.destroy(new Error(`no answer within ${limitMs} ms`)));
      request.once("close", endLimit);
      request.once("error", reject);
      request.end(body);
    });
    return { status: answer.statusCode ?? 0, body: await text(answer) };
  }

  async function call(
    operation: string,
    input: object,
    deadline: number,
  ): Promise<{ readonly ok: boolean; readonly body: string }> {
    for (;;) {
      const left = deadline - performance.now();
      let problem: string;
      try {
        const { status, body } = await post(operation, input, Math.max(1, Math.min(left, ANSWER_WITHIN_MS)));
        if (status === 200) return { ok: true, body };
        if (body.includes("ConditionalCheckFailedException")) return { ok: false, body };
        problem = `${operation} on table ${settings.table}: status ${status} ${body.slice(0, 300)}`;
        if (status < 500 && !PASSING.test(body)) throw new DynamoDbError(problem);
      } catch (error) {
        if (error instanceof DynamoDbError) throw error;
        problem = `${operation} on table ${settings.table} at ${base.origin}: ${error instanceof Error ? error.message : String(error)}`;
      }
      if (performance.now() + SEND_AGAIN_MS >= deadline) throw new DynamoDbError(problem);
      await new Promise((resolve) => setTimeout(resolve, SEND_AGAIN_MS));
    }
  }

  return {
    async getItem(input, deadline) {
      const { body } = await call(
        "GetItem",
        { TableName: settings.table, ConsistentRead: true, ...input },
        deadline,
      );
      return (JSON.parse(body) as { Item?: Item }).Item ?? null;
    },
    async updateItem(input, deadline) {
      const { ok, body } = await call(
        "UpdateItem",
        { TableName: settings.table, ReturnValues: "ALL_NEW", ...input },
        deadline,
      );
      return ok
        ? { written: true, item: (JSON.parse(body) as { Attributes: Item }).Attributes }
        : { written: false };
    },
    close: () => agent.destroy(),
  };
}
