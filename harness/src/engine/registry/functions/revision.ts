import { LambdaError } from "../../request-validation/lambda-error.ts";

/**
 * Throws AWS's error if the caller names a revision that is not the current one (docs/aws/function-api.md#states). `shownBy` is the operation
 * that shows the current revision.
 */
export function checkRevision(
  sent: string | undefined,
  current: string,
  shownBy: "GetFunction/GetAlias" | "GetPolicy" = "GetFunction/GetAlias",
): void {
  if (sent === undefined || sent === current) return;
  throw new LambdaError(
    "PreconditionFailedException",
    `The Revision Id provided does not match the latest Revision Id. Call the ${shownBy} API to retrieve the latest Revision Id`,
  );
}
