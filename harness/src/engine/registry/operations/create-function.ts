/** CreateFunction: checks the request, stores the package, and answers while the function is still Pending. */
import { randomUUID } from "node:crypto";
import { attachedLayers, checkUnzippedSize } from "../layers/attached-layers.ts";
import { refuseWithoutLauncher } from "../functions/check-runtime.ts";
import { configurationResponse } from "../functions/configuration-response.ts";
import { Constraints } from "../../request-validation/constraints.ts";
import { NAME_LENGTH_MAX, parseFunctionReference } from "../functions/function-reference.ts";
import { readFunctionSettings } from "../functions/function-settings.ts";
import { LambdaError } from "../../request-validation/lambda-error.ts";
import type { LambdaOperation } from "../requests/operation.ts";
import { readPackage } from "../packages/package-members.ts";
import { readTags } from "../functions/tags.ts";

export const createFunction: LambdaOperation = async ({ home, body }, { registry, layers, codeStore }) => {
  const { name, qualifier } = parseFunctionReference(body.required("FunctionName"), null, home);
  const constraints = new Constraints();
  constraints.text("functionName", name, { max: NAME_LENGTH_MAX });
  const tooLong = constraints.problem();
  if (tooLong !== null) throw new LambdaError("InvalidParameterValueException", tooLong);
  if (qualifier !== null)
    throw new LambdaError(
      "InvalidParameterValueException",
      "A function name for CreateFunction must not have a qualifier.",
    );
  const settings = readFunctionSettings(body, name, null, (arns, before) =>
    attachedLayers(arns, before, home, layers),
  );
  refuseWithoutLauncher(settings.Runtime, registry.options.launches);
  const architectures = body.texts("Architectures") ?? ["x86_64"];
  const tags = readTags(body.textMap("Tags") ?? {});
  const publish = body.boolean("Publish") ?? false;
  registry.refuseExisting(name, home.region);
  const code = await codeStore.put(readPackage(body.object("Code")));
  checkUnzippedSize(code, settings.Layers);
  const record = {
    schemaVersion: 1 as const,
    name,
    fleetKey: registry.freeKey(name, home.region),
    region: home.region,
    accountId: home.accountId,
    generation: 1,
    latest: {
      version: "$LATEST",
      settings,
      code,
      architectures,
      lastModified: registry.now(),
      revisionId: randomUUID(),
      state: "Pending" as const,
      lastUpdate: "none" as const,
    },
    versions: [],
    nextVersion: 1,
    aliases: [],
    tags,
    reservedConcurrency: null,
    recursiveLoop: "Terminate",
    policies: {},
    policyRevisions: {},
    eventInvokeConfigs: {},
    provisioned: {},
  };
  const shown = publish ? registry.publish(record, undefined) : record.latest;
  // Recorded from AWS: with Publish the answer describes the new version, but its ARN has no qualifier.
  const answer = configurationResponse(record, shown, { qualifier: null, states: true });
  await registry.create(record);
  return { status: 201, body: answer };
};
