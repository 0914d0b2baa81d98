import { LambdaError } from "../../request-validation/lambda-error.ts";

/** Throws AWS's error if the caller names a revision and it is not the current one (docs/aws/function-api.md#states). */
export function checkRevision(sent: string | undefined, current: string): void {
  if (sent === undefined || sent === current) return;
  throw new LambdaError(
    "PreconditionFailedException",
    "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id",
  );
}
