import type { LambdaOperation } from "../requests/operation.ts";
import { noPolicy, withoutStatement } from "../policy/resource-policy.ts";
import { renewRevision, revisedResource } from "../requests/revised-resource.ts";
import { checkRevision } from "../functions/revision.ts";

export const removePermission: LambdaOperation = async (call, context) => {
  const id = call.parameters["StatementId"] ?? "";
  const { record, key, revisionId } = revisedResource(call, context);
  const statements = record.policies[key] ?? [];
  if (statements.length === 0) throw noPolicy();
  const left = withoutStatement(statements, id);
  checkRevision(call.query.get("RevisionId") ?? undefined, revisionId);
  record.policies = { ...record.policies, [key]: left };
  renewRevision(record, key);
  await context.registry.save(record);
  return { status: 204, body: null };
};
