import { requireAlias } from "../functions/alias-members.ts";
import { aliasResponse } from "../functions/configuration-response.ts";
import { type LambdaOperation, functionOf } from "../requests/operation.ts";

export const getAlias: LambdaOperation = (call, context) => {
  const record = functionOf(call, context);
  return { status: 200, body: aliasResponse(record, requireAlias(record, call.parameters["Name"] ?? "")) };
};
