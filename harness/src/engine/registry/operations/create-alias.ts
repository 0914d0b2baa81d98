import { randomUUID } from "node:crypto";
import { readAlias } from "../functions/alias-members.ts";
import { aliasResponse } from "../functions/configuration-response.ts";
import { functionArn } from "../functions/function-reference.ts";
import { LambdaError } from "../../request-validation/lambda-error.ts";
import { type LambdaOperation, functionOf } from "../requests/operation.ts";

export const createAlias: LambdaOperation = async (call, context) => {
  // Recorded from AWS: the 404 of a missing function names the version that the alias would point to.
  const record = functionOf(call, context, call.body.required("FunctionVersion"));
  const alias = {
    Name: call.body.required("Name"),
    ...readAlias(call.body, record, null),
    RevisionId: randomUUID(),
  };
  if (record.aliases.some((known) => known.Name === alias.Name)) {
    throw new LambdaError(
      "ResourceConflictException",
      `Alias already exists: ${functionArn(record, record.name, alias.Name)}`,
    );
  }
  record.aliases = [...record.aliases, alias];
  await context.registry.save(record);
  return { status: 201, body: aliasResponse(record, alias) };
};
