/** The states of a function and the operations that they forbid (docs/aws/function-api.md#states). Pure except for the new revision ID. */
import { randomUUID } from "node:crypto";
import type { FunctionRecord, FunctionVersion } from "./function-record.ts";
import { functionArn } from "./function-reference.ts";
import { resourceConflict } from "../../request-validation/lambda-error.ts";

/** Throws AWS's error while a function is being created. Invoke answers with this error too. */
export function refuseWhilePending(version: FunctionVersion): void {
  if (version.state === "Active") return;
  throw resourceConflict(
    "The operation cannot be performed at this time. The function is currently in the following state: Pending",
  );
}

/** Throws AWS's error while a function is being created or changed. */
export function refuseWhileChanging(record: FunctionRecord): void {
  refuseWhilePending(record.latest);
  if (record.latest.lastUpdate !== "InProgress") return;
  const arn = functionArn(record, record.name);
  throw resourceConflict(
    `The operation cannot be performed at this time. An update is in progress for resource: ${arn}`,
  );
}

/** Returns the version as it is after a change has completed; its revision ID changes too (docs/aws/function-api.md#states). */
export function settled(version: FunctionVersion): FunctionVersion {
  if (version.state === "Active" && version.lastUpdate === "Successful") return version;
  return { ...version, state: "Active", lastUpdate: "Successful", revisionId: randomUUID() };
}
