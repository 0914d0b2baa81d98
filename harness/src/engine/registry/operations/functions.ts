/** The operations on functions: create, list, get, update and delete. */
import { randomUUID } from "node:crypto";
import { attachedLayers, checkUnzippedSize } from "../layers/attached-layers.ts";
import { refuseWithoutLauncher } from "../functions/check-runtime.ts";
import { configurationResponse } from "../functions/configuration-response.ts";
import { Constraints } from "../../request-validation/constraints.ts";
import { UNSET } from "../functions/unset.ts";
import { NAME_LENGTH_MAX, parseFunctionReference } from "../functions/function-reference.ts";
import { readFunctionSettings } from "../functions/function-settings.ts";
import { invalidParameter, resourceConflict } from "../../request-validation/lambda-error.ts";
import {
  type LambdaOperation,
  referenceOf,
  changeableFunctionOf,
  functionOf,
} from "../requests/operation.ts";
import { readPackage } from "../packages/package-members.ts";
import { readTags } from "../functions/tags.ts";
import { pageAnswer } from "../requests/page.ts";
import { refuseWhileChanging } from "../functions/function-state.ts";
import { checkRevision } from "../functions/revision.ts";

/** CreateFunction: checks the request, stores the package, and answers while the function is still Pending. */
export const createFunction: LambdaOperation = async ({ home, body }, { registry, layers, codeStore }) => {
  const { name, qualifier } = parseFunctionReference(body.required("FunctionName"), null, home);
  const constraints = new Constraints();
  constraints.text("functionName", name, { max: NAME_LENGTH_MAX });
  const tooLong = constraints.problem();
  if (tooLong !== null) throw invalidParameter(tooLong);
  if (qualifier !== null)
    throw invalidParameter("A function name for CreateFunction must not have a qualifier.");
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
    ...UNSET,
  };
  const shown = publish ? registry.publish(record, undefined) : record.latest;
  // Recorded from AWS: with Publish the answer describes the new version, but its ARN has no qualifier.
  const answer = configurationResponse(record, shown, { qualifier: null, states: true });
  await registry.create(record);
  return { status: 201, body: answer };
};

export const listFunctions: LambdaOperation = ({ home, query }, { registry }) => {
  const wanted = query.get("FunctionVersion");
  const rows = registry
    .all()
    .filter((record) => record.region === home.region)
    .flatMap((record) =>
      (wanted === "ALL" ? [record.latest, ...record.versions] : [record.latest]).map((version) => ({
        record,
        version,
      })),
    );
  return pageAnswer(query, {
    member: "Functions",
    items: rows,
    keyOf: ({ record, version }) => `${record.name}:${version.version}`,
    show: ({ record, version }) =>
      configurationResponse(record, version, {
        qualifier: wanted === "ALL" ? version.version : null,
        states: false,
      }),
  });
};

/** GetFunction: returns the configuration, the URL of the package, and the settings that all versions share. */
export const getFunction: LambdaOperation = (call, { registry, codeUrl }) => {
  const reference = referenceOf(call);
  const { record, version } = registry.resolve(reference, call.home.region);
  const reserved = reference.qualifier === null ? record.reservedConcurrency : null;
  return {
    status: 200,
    body: {
      Configuration: configurationResponse(record, version, { qualifier: reference.qualifier, states: true }),
      Code: { RepositoryType: "S3", Location: codeUrl(version.code) },
      ...(Object.keys(record.tags).length === 0 ? {} : { Tags: record.tags }),
      ...(reserved === null ? {} : { Concurrency: { ReservedConcurrentExecutions: reserved } }),
    },
  };
};

export const getFunctionConfiguration: LambdaOperation = (call, { registry }) => {
  const reference = referenceOf(call);
  const { record, version } = registry.resolve(reference, call.home.region);
  return {
    status: 200,
    body: configurationResponse(record, version, { qualifier: reference.qualifier, states: true }),
  };
};

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

/** UpdateFunctionCode. The earlier code runs until the update is complete. With Publish, the answer is the new version. */
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
    throw invalidParameter("Please don't provide ImageUri when updating a function with packageType Zip.");
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

/** DeleteFunction: deletes a function with all its versions, or one of its published versions. */
export const deleteFunction: LambdaOperation = async (call, { registry, provisioned }) => {
  const reference = referenceOf(call);
  const { name, qualifier } = reference;
  const latestOnly = invalidParameter("$LATEST version cannot be deleted without deleting the function.");
  // Recorded from AWS: this is the answer even if the function does not exist.
  if (qualifier === "$LATEST") throw latestOnly;
  const record = registry.require({ name, qualifier: null }, call.home.region);
  if (qualifier === null) {
    provisioned.forget(record.fleetKey);
    await registry.delete(record);
    return { status: 204, body: null };
  }
  if (record.aliases.some((alias) => alias.Name === qualifier)) throw latestOnly;
  const version = record.versions.find((known) => known.version === qualifier);
  // Recorded from AWS: deleting a version that does not exist succeeds.
  if (version === undefined) return { status: 204, body: null };
  const users = record.aliases.filter(
    (known) => known.FunctionVersion === version.version || known.additional?.version === version.version,
  );
  if (users.length > 0) {
    const names = users.map((known) => known.Name).join(", ");
    throw resourceConflict(`Version ${version.version} is in use by the following aliases: ${names}`);
  }
  const provisionedBy = { fleetKey: record.fleetKey, qualifier: version.version };
  if (record.provisioned[version.version] !== undefined) provisioned.drop(provisionedBy);
  await registry.deleteVersion(record, version.version);
  return { status: 204, body: null };
};

/**
 * Answers with an empty object, because no function of the engine has a code signing configuration. This answer is recorded from AWS
 * (docs/aws/function-api.md#endpoints).
 */
export const getFunctionCodeSigningConfig: LambdaOperation = (call, context) => {
  functionOf(call, context);
  return { status: 200, body: {} };
};
