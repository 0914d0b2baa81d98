import { LambdaError } from "../../request-validation/lambda-error.ts";

/** Throws AWS's error if the caller names another revision than the current one, which the operation `shownBy` shows. */
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
