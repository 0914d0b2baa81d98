/** The operations on versions of a function. */
import { configurationResponse } from "../functions/configuration-response.ts";
import type { FunctionVersion } from "../functions/function-record.ts";
import { invalidParameter } from "../../request-validation/lambda-error.ts";
import { refuseWhileChanging } from "../functions/function-state.ts";
import { type LambdaOperation, changeableFunctionOf, functionOf } from "../requests/operation.ts";
import { renewRevision } from "../requests/revised-resource.ts";
import { checkRevision } from "../functions/revision.ts";
import { pageAnswer } from "../requests/page.ts";

/** PublishVersion: publishes the next version, or returns the last version if nothing has changed since it was published. */
export const publishVersion: LambdaOperation = async (call, context) => {
  const { registry } = context;
  const record = changeableFunctionOf(call, context);
  const description = call.body.text("Description");
  checkRevision(call.body.text("RevisionId"), record.latest.revisionId);
  const digest = call.body.text("CodeSha256");
  if (digest !== undefined && digest !== record.latest.code.codeSha256) {
    throw invalidParameter(
      `CodeSHA256 (${digest.slice(0, 128)}) is different from current CodeSHA256 in $LATEST (${record.latest.code.codeSha256}). Please try again with the CodeSHA256 in $LATEST.`,
    );
  }
  refuseWhileChanging(record);
  const last = record.versions.at(-1);
  const unchanged = last !== undefined && content(last) === content(record.latest);
  const version = unchanged ? last : registry.publish(record, description);
  if (!unchanged) {
    // Recorded from AWS: publishing changes the revision of $LATEST too.
    renewRevision(record);
    await registry.save(record);
  }
  return {
    status: 201,
    body: configurationResponse(record, version, { qualifier: version.version, states: true }),
  };
};

/**
 * Everything by which two versions can differ. This includes the description of `$LATEST` (recorded from AWS), but not the description
 * given to PublishVersion. An update of the code makes a new version even if the code is the same (recorded 2024-12-07:
 * docs/aws/function-api.md#states).
 */
function content(version: FunctionVersion): string {
  const Description = version.latestDescription ?? version.settings.Description;
  return JSON.stringify([
    version.code.codeSha256,
    version.codeUpdates ?? 0,
    version.architectures,
    { ...version.settings, Description },
  ]);
}

/** ListVersionsByFunction: `$LATEST`, then the versions in ascending order. The states are left out (docs/aws/function-api.md#configuration). */
export const listVersionsByFunction: LambdaOperation = (call, context) => {
  const record = functionOf(call, context);
  return pageAnswer(call.query, {
    member: "Versions",
    items: [record.latest, ...record.versions],
    keyOf: ({ version }) => version,
    show: (version) => configurationResponse(record, version, { qualifier: version.version, states: false }),
  });
};
