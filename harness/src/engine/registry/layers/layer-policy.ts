/** The policy of a layer version, and its revision. Pure. */
import type { LayerRecord, LayerVersion } from "./layer-record.ts";
import { LambdaError } from "../../request-validation/lambda-error.ts";

export function checkLayerRevision(sent: string | null, { policy }: LayerVersion): void {
  if (sent === null || sent === policy?.revisionId) return;
  throw new LambdaError(
    "PreconditionFailedException",
    "The Revision Id provided does not match the latest Revision Id. Call the GetLayerPolicy API to retrieve the latest Revision Id",
  );
}

export function withPolicy(
  layer: LayerRecord,
  version: LayerVersion,
  policy: LayerVersion["policy"],
): readonly LayerVersion[] {
  return layer.versions.map((known) => (known === version ? { ...version, policy } : known));
}
