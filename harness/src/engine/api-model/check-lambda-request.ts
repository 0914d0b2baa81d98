/** Throws AWS's error if the API model does not allow a request to the Lambda API, or if a member of it is in `ABSENT_MEMBERS`. Pure. */
import { LambdaError } from "../request-validation/lambda-error.ts";
import { wrongTypeError } from "../request-validation/request-members.ts";
import { absentMember } from "./absent-members.ts";
import { mistakesOf, type SentMembers } from "./check-request.ts";
import { type RequestParts, collectMembers } from "./collect-members.ts";

export function checkLambdaRequest(operation: string, parts: RequestParts): void {
  const sent = collectMembers(operation, parts);
  if (Object.keys(parts.body).length > 0) return check(operation, sent);
  const latest = latestRight.get(operation);
  if (latest !== undefined && areSame(latest, sent)) return;
  check(operation, sent);
  latestRight.set(operation, sent);
}

/**
 * By operation: the members of the latest request without a body that had no mistake. A caller often sends the same ones again. Bodies can
 * be large, so they are not kept.
 */
const latestRight = new Map<string, SentMembers>();

function areSame(left: SentMembers, right: SentMembers): boolean {
  for (const name in left) if (left[name] !== right[name]) return false;
  for (const name in right) if (!(name in left)) return false;
  return true;
}

function check(operation: string, sent: SentMembers): void {
  const mistakes = mistakesOf("lambda", operation, sent);
  if (mistakes?.kind === "type") throw wrongTypeError(mistakes.text);
  if (mistakes !== null) throw new LambdaError("ValidationException", mistakes.text);
  const absent = absentMember("lambda", sent);
  if (absent !== null)
    throw new LambdaError("InvalidParameterValueException", `The local engine does not support ${absent}.`);
}
