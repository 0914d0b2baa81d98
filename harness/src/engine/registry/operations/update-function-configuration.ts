import { attachedLayers, checkUnzippedSize } from "../layers/attached-layers.ts";
import { refuseWithoutLauncher } from "../functions/check-runtime.ts";
import { configurationResponse } from "../functions/configuration-response.ts";
import { readFunctionSettings } from "../functions/function-settings.ts";
import { refuseWhileChanging } from "../functions/function-state.ts";
import { type LambdaOperation, changeableFunctionOf } from "../requests/operation.ts";
import { checkRevision } from "../functions/revision.ts";

/** The function goes through all states of an update even if nothing changes, as recorded from AWS (docs/aws/function-api.md#states). */
export const updateFunctionConfiguration: LambdaOperation = async (call, context) => {
  const record = changeableFunctionOf(call, context);
  checkRevision(call.body.text("RevisionId"), record.latest.revisionId);
  refuseWhileChanging(record);
  const settings = readFunctionSettings(call.body, record.name, record.latest.settings, (arns, before) =>
    attachedLayers(arns, before, call.home, context.layers),
  );
  refuseWithoutLauncher(settings.Runtime, context.registry.options.launches);
  checkUnzippedSize(record.latest.code, settings.Layers);
  const { latest } = await context.registry.update(record, { settings }, { publish: false });
  return { status: 200, body: configurationResponse(record, latest, { qualifier: null, states: true }) };
};
