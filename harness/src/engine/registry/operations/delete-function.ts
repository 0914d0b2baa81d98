/** DeleteFunction: deletes a function with all its versions, or one of its published versions. */
import { LambdaError } from "../../request-validation/lambda-error.ts";
import { type LambdaOperation, referenceOf } from "../requests/operation.ts";

export const deleteFunction: LambdaOperation = async (call, { registry, provisioned }) => {
  const reference = referenceOf(call);
  const { name, qualifier } = reference;
  const latestOnly = new LambdaError(
    "InvalidParameterValueException",
    "$LATEST version cannot be deleted without deleting the function.",
  );
  // Recorded from AWS: this is the answer even if the function does not exist.
  if (qualifier === "$LATEST") throw latestOnly;
  const record = registry.require({ name, qualifier: null }, call.home.region);
  if (qualifier === null) {
    provisioned.forget(record.fleetKey);
    await registry.delete(record);
    return { status: 204, body: null };
  }
  if (record.aliases.some((alias) => alias.Name === qualifier)) throw latestOnly;
  const version = record.versions.find((known) => known.version === qualifier);
  // Recorded from AWS: deleting a version that does not exist succeeds.
  if (version === undefined) return { status: 204, body: null };
  const users = record.aliases.filter(
    (known) => known.FunctionVersion === version.version || known.additional?.version === version.version,
  );
  if (users.length > 0) {
    const names = users.map((known) => known.Name).join(", ");
    throw new LambdaError(
      "ResourceConflictException",
      `Version ${version.version} is in use by the following aliases: ${names}`,
    );
  }
  const provisionedBy = { fleetKey: record.fleetKey, qualifier: version.version };
  if (record.provisioned[version.version] !== undefined) provisioned.drop(provisionedBy);
  await registry.deleteVersion(record, version.version);
  return { status: 204, body: null };
};
