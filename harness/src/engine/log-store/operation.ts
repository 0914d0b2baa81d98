/** The input and the result of every operation of the CloudWatch Logs API. */
import type { RequestMembers } from "../request-validation/request-members.ts";
import type { LogGroup } from "./log-group.ts";
import type { RegionLogs } from "./log-store.ts";
import { LogsError, groupNotFound, invalidLogsParameter } from "./logs-error.ts";

export interface LogsContext {
  /** The log groups of the request's Region. */
  readonly store: RegionLogs;
  readonly region: string;
  readonly accountId: string;
  readonly now: number;
}

/** Returns null for an empty answer. */
export type LogsOperation = (members: RequestMembers, context: LogsContext) => object | null;

/** Returns the group that `logGroupName` or `logGroupIdentifier` (a name or an ARN) names. Throws the API's error if there is none. */
export function groupOf(members: RequestMembers, context: LogsContext): LogGroup {
  const identifier = members.text("logGroupIdentifier");
  if (identifier !== undefined && members.text("logGroupName") !== undefined) {
    throw new LogsError(
      "ValidationException",
      "LogGroup name and LogGroup ARN are mutually exclusive parameters.",
    );
  }
  const name = identifier === undefined ? members.text("logGroupName") : groupNameIn(identifier);
  if (name === undefined)
    throw invalidLogsParameter(
      "1 validation error detected: Value null at 'logGroupName' failed to satisfy constraint: Member must not be null",
    );
  const group = context.store.group(name);
  if (group === undefined) throw groupNotFound();
  return group;
}

/** Returns the name in an ARN; a plain name is returned unchanged. */
export function groupNameIn(identifier: string): string {
  return /:log-group:([^:*]+)/.exec(identifier)?.[1] ?? identifier;
}

export function groupArn(
  name: string,
  { region, accountId }: Pick<LogsContext, "region" | "accountId">,
): string {
  return `arn:aws:logs:${region}:${accountId}:log-group:${name}`;
}

/** Callers only send a token back, so it can have any form. */
export function makeToken(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

export function readToken(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, "base64url").toString("utf8"));
  } catch {
    throw invalidToken();
  }
}

export function invalidToken(): LogsError {
  return invalidLogsParameter("The specified nextToken is invalid.");
}
