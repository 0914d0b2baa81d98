/** The input and the result of every operation of the CloudWatch Logs API; each operation is one file in `operations/`. */
import { Constraints } from "../request-validation/constraints.ts";
import type { RequestMembers } from "../request-validation/request-members.ts";
import type { LogGroup } from "./log-group.ts";
import type { RegionLogs } from "./region-logs.ts";
import { LogsError, groupNotFound } from "./logs-error.ts";

export interface LogsContext {
  /** The log groups of the request's Region. */
  readonly store: RegionLogs;
  readonly region: string;
  readonly accountId: string;
  readonly now: number;
}

/** Returns null for an empty answer. */
export type LogsOperation = (members: RequestMembers, context: LogsContext) => object | null;

const GROUP_NAME = { min: 1, max: 512, pattern: "[\\.\\-_/#A-Za-z0-9]+" } as const;
const STREAM_NAME = { min: 1, max: 512, pattern: "[^:*]*" } as const;

/** Runs checks and throws all the errors that they found as one error. */
export function checked(check: (constraints: Constraints) => void): void {
  const constraints = new Constraints();
  check(constraints);
  const problem = constraints.problem();
  if (problem !== null) throw new LogsError("InvalidParameterException", problem);
}

export function groupNameOf(members: RequestMembers, member = "logGroupName"): string {
  const name = members.text(member);
  checked((constraints) => {
    constraints.required(member, name);
    constraints.text(member, name, GROUP_NAME);
  });
  return name ?? "";
}

export function streamNameOf(members: RequestMembers): string {
  const name = members.text("logStreamName");
  checked((constraints) => {
    constraints.required("logStreamName", name);
    constraints.text("logStreamName", name, STREAM_NAME);
  });
  return name ?? "";
}

/** Finds the group named by `logGroupName` or by `logGroupIdentifier` (a name or an ARN). */
export function groupOf(members: RequestMembers, context: LogsContext): LogGroup {
  const identifier = members.text("logGroupIdentifier");
  if (identifier !== undefined && members.text("logGroupName") !== undefined) {
    throw new LogsError(
      "InvalidParameterException",
      "You must specify either logGroupName or logGroupIdentifier, not both.",
    );
  }
  const name = identifier === undefined ? groupNameOf(members) : groupNameIn(identifier);
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

/** Tokens are opaque to callers: JSON in base64url. */
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
  return new LogsError("InvalidParameterException", "The specified nextToken is invalid.");
}
