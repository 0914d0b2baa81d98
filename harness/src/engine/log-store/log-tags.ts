/** Checks the tags of a log group against the limits of the API model, and finds the group whose tags a request is about. Pure. */
import type { RequestMembers } from "../request-validation/request-members.ts";
import type { LogGroup } from "./log-group.ts";
import { groupNotFound, invalidLogsParameter } from "./logs-error.ts";
import { type LogsContext, groupOf } from "./operation.ts";

const TAGS_MAX = 50;
/** The pattern of the API model; the prefix `aws:` is reserved by AWS. */
const KEY = /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/iu;
const VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Returns the tags unchanged. Throws the API's error if they break a limit. */
export function readLogTags(tags: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const entries = Object.entries(tags);
  if (entries.length > TAGS_MAX) throw invalidLogsParameter(`A log group has at most ${TAGS_MAX} tags.`);
  for (const [key, value] of entries) {
    if (key.length > 128 || value.length > 256 || !KEY.test(key) || !VALUE.test(value)) {
      throw invalidLogsParameter(
        `The tag '${key.slice(0, 200)}' is invalid: a key has 1 to 128 characters and does not begin with aws:, a value has at most 256; both have letters, digits, spaces and _.:/=+-@ only.`,
      );
    }
  }
  return tags;
}

/** Returns the group that a request names: in `resourceArn` or, in older operations such as TagLogGroup, in `logGroupName`. */
export function taggedGroup(members: RequestMembers, context: LogsContext): LogGroup {
  const { store } = context;
  if (members.text("logGroupName") !== undefined) return groupOf(members, context);
  const arn = members.text("resourceArn") ?? "";
  const name = /^arn:aws[a-z-]*:logs:[a-z0-9-]+:\d{12}:log-group:([^:*]+)$/.exec(arn)?.[1];
  if (name === undefined) throw invalidLogsParameter("resourceArn must be the ARN of a log group.");
  const group = store.group(name);
  if (group === undefined) throw groupNotFound();
  return group;
}
