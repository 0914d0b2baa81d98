import { Constraints } from "../constraints.ts";
import type { LambdaOperation } from "../operation.ts";
import { STATEMENT_ID, noPolicy, withoutStatement } from "../resource-policy.ts";
import { renewRevision, revisedResource } from "../revised-resource.ts";
import { checkRevision } from "../revision.ts";

export const removePermission: LambdaOperation = async (call, context) => {
  const id = call.parameters["statement"] ?? "";
  const constraints = new Constraints();
  constraints.text("statementId", id, STATEMENT_ID);
  constraints.check();
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
