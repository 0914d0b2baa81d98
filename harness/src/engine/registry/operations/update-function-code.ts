/** UpdateFunctionCode. The earlier code runs until the update is complete. With Publish, the answer is the new version. */
import { checkUnzippedSize } from "../layers/attached-layers.ts";
import { configurationResponse } from "../functions/configuration-response.ts";
import { refuseWhileChanging } from "../functions/function-state.ts";
import { LambdaError } from "../../request-validation/lambda-error.ts";
import { type LambdaOperation, changeableFunctionOf } from "../requests/operation.ts";
import { readPackage } from "../packages/package-members.ts";
import { checkRevision } from "../functions/revision.ts";

export const updateFunctionCode: LambdaOperation = async (call, context) => {
  const { registry, codeStore } = context;
  const { body } = call;
  const record = changeableFunctionOf(call, context);
  const architectures = body.texts("Architectures") ?? record.latest.architectures;
  checkRevision(body.text("RevisionId"), record.latest.revisionId);
  const dryRun = body.boolean("DryRun") ?? false;
  const publish = body.boolean("Publish") ?? false;
  refuseWhileChanging(record);
  if (body.hasContent("ImageUri") && !body.hasContent("ZipFile"))
    throw new LambdaError(
      "InvalidParameterValueException",
      "Please don't provide ImageUri when updating a function with packageType Zip.",
    );
  const code = await codeStore.put(readPackage(body));
  checkUnzippedSize(code, record.latest.settings.Layers);
  if (dryRun) {
    return {
      status: 200,
      body: configurationResponse(
        record,
        { ...record.latest, code, architectures },
        { qualifier: null, states: true },
      ),
    };
  }
  // Storing the package takes time: meanwhile the function may have been deleted, or another change may have begun.
  changeableFunctionOf(call, context);
  checkRevision(body.text("RevisionId"), record.latest.revisionId);
  const codeUpdates = (record.latest.codeUpdates ?? 0) + 1;
  const { latest, published } = await registry.update(
    record,
    { code, architectures, codeUpdates },
    { publish },
  );
  return {
    status: 200,
    body: configurationResponse(record, published ?? latest, {
      qualifier: published?.version ?? null,
      states: true,
    }),
  };
};
