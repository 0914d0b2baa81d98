/**
 * The function, version or alias that a qualifier names, with its revision. The resource's policy has the same revision as the resource itself
 * (docs/aws/function-api.md#states; recorded for GetPolicy). Pure except for the new revision ID.
 */
import { randomUUID } from "node:crypto";
import type { FunctionRecord } from "../functions/function-record.ts";
import type { ResolvedVersion } from "../functions/function-index.ts";
import { type LambdaCall, type OperationContext, referenceOf } from "./operation.ts";

export interface RevisedResource extends ResolvedVersion {
  /** `$LATEST`, a version or an alias. */
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
    revisionId: resolved.alias?.RevisionId ?? resolved.version.revisionId,
  };
}

export function renewRevision(record: FunctionRecord, key: string): void {
  const revisionId = randomUUID();
  if (key === "$LATEST") record.latest = { ...record.latest, revisionId };
  else {
    record.versions = record.versions.map((known) =>
      known.version === key ? { ...known, revisionId } : known,
    );
    record.aliases = record.aliases.map((known) =>
      known.Name === key ? { ...known, RevisionId: revisionId } : known,
    );
  }
}
