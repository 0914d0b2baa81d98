/**
 * The function, version or alias whose policy a request reads or changes. Before the first change of the policy, the policy's revision is the
 * resource's revision (docs/aws/function-api.md#states).
 */
import { randomUUID } from "node:crypto";
import type { FunctionRecord } from "../functions/function-record.ts";
import type { ResolvedVersion } from "../functions/function-index.ts";
import type { PolicyStatement } from "../policy/policy-statement.ts";
import { type LambdaCall, type OperationContext, referenceOf } from "./operation.ts";

export interface RevisedResource extends ResolvedVersion {
  /** The key of the policy: `$LATEST`, a version or an alias. */
  readonly key: string;
  /** The qualifier in the resource's ARN; null for the function with all its versions. */
  readonly qualifier: string | null;
  readonly revisionId: string;
}

export function revisedResource(call: LambdaCall, context: OperationContext): RevisedResource {
  const reference = referenceOf(call);
  const qualifier = reference.qualifier === "$LATEST" ? null : reference.qualifier;
  const resolved = context.registry.resolveNamed({ ...reference, qualifier }, call.home);
  return {
    ...resolved,
    key: qualifier ?? "$LATEST",
    qualifier,
    revisionId:
      resolved.record.policyRevisions[qualifier ?? "$LATEST"] ??
      resolved.alias?.RevisionId ??
      resolved.version.revisionId,
  };
}

export function replacePolicy(
  record: FunctionRecord,
  key: string,
  statements: readonly PolicyStatement[],
): void {
  record.policies = { ...record.policies, [key]: statements };
  record.policyRevisions = { ...record.policyRevisions, [key]: randomUUID() };
}

export function renewRevision(record: FunctionRecord): void {
  record.latest = { ...record.latest, revisionId: randomUUID() };
}
