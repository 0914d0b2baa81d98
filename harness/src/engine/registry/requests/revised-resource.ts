/**
 * The function, version or alias whose policy a request reads or changes, with the policy's revision. A policy has a revision of its own.
 * Before the first change of the policy, the resource's revision is used (docs/aws/function-api.md#states). Pure except for the new
 * revision ID.
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

/** Replaces the policy of the resource `key`; the policy gets a new revision. */
export function replacePolicy(
  record: FunctionRecord,
  key: string,
  statements: readonly PolicyStatement[],
): void {
  record.policies = { ...record.policies, [key]: statements };
  record.policyRevisions = { ...record.policyRevisions, [key]: randomUUID() };
}

/** Gives `$LATEST` a new revision. */
export function renewRevision(record: FunctionRecord): void {
  record.latest = { ...record.latest, revisionId: randomUUID() };
}
