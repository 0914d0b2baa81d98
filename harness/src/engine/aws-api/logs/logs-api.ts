/** Serves the CloudWatch Logs API (JSON 1.1). Every request is a POST to `/`; its header `X-Amz-Target` names the operation. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Fleet } from "../../fleet-contract.ts";
import type { LogStore } from "../../log-store/log-store.ts";
import { LogsError, invalidLogsParameter } from "../../log-store/logs-error.ts";
import { LogsUnwritable } from "../../log-sink.ts";
import { absentMember } from "../../api-model/absent-members.ts";
import { type SentMembers, mistakesOf } from "../../api-model/check-request.ts";
import { RequestMembers } from "../../request-validation/request-members.ts";
import { answer } from "../answer.ts";
import { LOGS_OPERATIONS } from "./logs-operations.ts";
import { BodyTooLarge, readBody } from "../read-body.ts";

export interface LogsApi {
  readonly fleet: Pick<Fleet, "settled" | "logged">;
  readonly store: LogStore;
  readonly accountId: string;
  readonly now: () => number;
}

const TARGET = /^Logs_20140328\.([A-Za-z0-9]{1,64})$/;
/** The limit is larger than a PutLogEvents batch of 1 MB, because the batch takes more bytes in JSON. */
const BODY_BYTES_MAX = 8 * 1_048_576;

export interface LogsCall {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  readonly region: string;
}

export async function answerLogs(
  { request, response, requestId, region }: LogsCall,
  api: LogsApi,
): Promise<void> {
  try {
    const body = await readBody(request, BODY_BYTES_MAX);
    await api.fleet.settled();
    await api.fleet.logged();
    const name = TARGET.exec(String(request.headers["x-amz-target"]))?.[1] ?? "";
    const operation = request.method === "POST" ? LOGS_OPERATIONS.get(name) : undefined;
    if (operation === undefined)
      throw new LogsError(
        "UnknownOperationException",
        `The local engine does not serve ${name === "" ? "this target" : name}.`,
      );
    const sent = parseJson(body);
    const members = new RequestMembers(sent, (message) => new LogsError("SerializationException", message));
    checkRequest(name, sent as SentMembers);
    const result = operation(members, {
      store: api.store.of(region),
      region,
      accountId: api.accountId,
      now: api.now(),
    });
    const headers = { "Content-Type": "application/x-amz-json-1.1", "x-amzn-RequestId": requestId };
    answer(response, 200, headers, result === null ? "" : JSON.stringify(result));
  } catch (error) {
    if (error instanceof LogsError) answerLogsError(response, requestId, error);
    // docs/aws/logs-api.md#operations
    else if (error instanceof LogsUnwritable)
      answerLogsError(response, requestId, {
        status: 503,
        type: "ServiceUnavailableException",
        message: error.message,
      });
    else if (error instanceof BodyTooLarge && error.complete) {
      answerLogsError(response, requestId, {
        status: 400,
        type: "InvalidParameterException",
        message: `The request has ${error.bytes} bytes; the limit is ${BODY_BYTES_MAX}.`,
      });
    } else throw error;
  }
}

const NAME_LENGTH_MAX = 512;

function checkRequest(operation: string, sent: SentMembers): void {
  // If a name is too long, AWS's message is not the usual one about a mistake (recorded 2026-02 for CreateLogGroup and DeleteMetricFilter).
  const names = [sent["logGroupName"], sent["logStreamName"]];
  if (names.some((name) => typeof name === "string" && name.length > NAME_LENGTH_MAX))
    throw invalidLogsParameter(
      `Invalid LogGroup or LogStream, both must have length less than or equal to ${NAME_LENGTH_MAX}.`,
    );
  const mistakes = mistakesOf("logs", operation, sent);
  if (mistakes !== null)
    throw new LogsError(
      mistakes.kind === "type" ? "SerializationException" : "InvalidParameterException",
      mistakes.text,
    );
  const absent = absentMember("logs", sent);
  if (absent !== null) throw invalidLogsParameter(`The local engine does not support ${absent}.`);
}

export function answerLogsError(
  response: ServerResponse,
  requestId: string,
  error: { readonly status: number; readonly type: string; readonly message: string },
): void {
  const headers = {
    "Content-Type": "application/x-amz-json-1.1",
    "x-amzn-RequestId": requestId,
    "x-amzn-ErrorType": error.type,
  };
  answer(response, error.status, headers, JSON.stringify({ __type: error.type, message: error.message }));
}

function parseJson(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw new LogsError("SerializationException", "The request is not JSON.");
  }
}
