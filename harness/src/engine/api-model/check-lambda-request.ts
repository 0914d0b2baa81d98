/** Throws AWS's error if the API model does not allow a request to the Lambda API, or if a member of it is in `ABSENT_MEMBERS`. Pure. */
import { LambdaError, invalidParameter } from "../request-validation/lambda-error.ts";
import { wrongTypeError } from "../request-validation/request-members.ts";
import { absentMember } from "./absent-members.ts";
import { mistakesOf } from "./check-request.ts";
import { type RequestParts, collectMembers } from "./collect-members.ts";

export function checkLambdaRequest(operation: string, parts: RequestParts): void {
  const sent = collectMembers(operation, parts);
  const mistakes = mistakesOf("lambda", operation, sent);
  if (mistakes?.kind === "type") throw wrongTypeError(mistakes.text);
  if (mistakes !== null) throw new LambdaError("ValidationException", mistakes.text);
  const absent = absentMember("lambda", sent);
  if (absent !== null) throw invalidParameter(`The local engine does not support ${absent}.`);
}
