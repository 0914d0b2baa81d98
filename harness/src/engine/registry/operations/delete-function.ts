/** DeleteFunction: the whole function, or one of its published versions. */
import { LambdaError } from "../lambda-error.ts";
import { type LambdaOperation, referenceOf } from "../operation.ts";

export const deleteFunction: LambdaOperation = async (call, { registry, provisioned }) => {
  const reference = referenceOf(call);
  const { record, version, alias } = registry.resolve(reference, call.home.region);
  if (reference.qualifier === null) {
    provisioned.forget(record.fleetKey);
    await registry.delete(record);
    return { status: 204, body: null };
  }
  if (version.version === "$LATEST" || alias !== null) {
    throw new LambdaError(
      "InvalidParameterValueException",
      "$LATEST version cannot be deleted without deleting the function.",
    );
  }
  const users = record.aliases.filter((known) => known.FunctionVersion === version.version);
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
