/**
 * What a qualifier names, as something that has a revision: a function's policy shares the revision of the function, the
 * version or the alias that it is on (docs/aws/function-api.md#states; recorded for GetPolicy). Pure but for the new revision.
 */
import { randomUUID } from "node:crypto";
import type { FunctionRecord } from "../functions/function-record.ts";
import type { ResolvedVersion } from "../functions/function-index.ts";
import { type LambdaCall, type OperationContext, referenceOf } from "./operation.ts";

export interface RevisedResource extends ResolvedVersion {
  /** `$LATEST`, a version or an alias. */
  readonly key: string;
  /** As in ARNs: null for the function itself. */
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
