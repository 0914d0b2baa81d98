/** The operations on aliases of a function. */
import { randomUUID } from "node:crypto";
import { readAlias, requireAlias } from "../functions/alias-members.ts";
import { aliasResponse } from "../functions/configuration-response.ts";
import { functionArn } from "../functions/function-reference.ts";
import { resourceConflict } from "../../request-validation/lambda-error.ts";
import { type LambdaOperation, functionOf } from "../requests/operation.ts";
import { pageAnswer } from "../requests/page.ts";
import { checkRevision } from "../functions/revision.ts";

export const createAlias: LambdaOperation = async (call, context) => {
  // Recorded from AWS: the 404 of a missing function names the version that the alias would point to.
  const record = functionOf(call, context, call.body.required("FunctionVersion"));
  const alias = {
    Name: call.body.required("Name"),
    ...readAlias(call.body, record, null),
    RevisionId: randomUUID(),
  };
  if (record.aliases.some((known) => known.Name === alias.Name)) {
    throw resourceConflict(`Alias already exists: ${functionArn(record, record.name, alias.Name)}`);
  }
  record.aliases = [...record.aliases, alias];
  await context.registry.save(record);
  return { status: 201, body: aliasResponse(record, alias) };
};

export const listAliases: LambdaOperation = (call, context) => {
  const record = functionOf(call, context);
  const wanted = call.query.get("FunctionVersion");
  const aliases = record.aliases
    .filter(
      (alias) => wanted === null || alias.FunctionVersion === wanted || alias.additional?.version === wanted,
    )
    .toSorted((a, b) => (a.Name < b.Name ? -1 : 1));
  return pageAnswer(call.query, {
    member: "Aliases",
    items: aliases,
    keyOf: (alias) => alias.Name,
    show: (alias) => aliasResponse(record, alias),
  });
};

export const getAlias: LambdaOperation = (call, context) => {
  const record = functionOf(call, context);
  return { status: 200, body: aliasResponse(record, requireAlias(record, call.parameters["Name"] ?? "")) };
};

export const updateAlias: LambdaOperation = async (call, context) => {
  const record = functionOf(call, context);
  const before = requireAlias(record, call.parameters["Name"] ?? "", "Alias not found");
  checkRevision(call.body.text("RevisionId"), before.RevisionId);
  const alias = { Name: before.Name, ...readAlias(call.body, record, before), RevisionId: randomUUID() };
  record.aliases = record.aliases.map((known) => (known === before ? alias : known));
  await context.registry.save(record);
  const request = record.provisioned[alias.Name];
  // The alias keeps its provisioned concurrency, so environments of its new version are initialised.
  if (request !== undefined && alias.FunctionVersion !== before.FunctionVersion)
    context.provisioned.request({
      fleetKey: record.fleetKey,
      qualifier: alias.Name,
      version: alias.FunctionVersion,
      requested: request.requested,
    });
  return { status: 200, body: aliasResponse(record, alias) };
};

/** DeleteAlias: succeeds also if the alias does not exist. */
export const deleteAlias: LambdaOperation = async (call, context) => {
  const record = functionOf(call, context);
  const name = call.parameters["Name"] ?? "";
  const keep = <T>(map: Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
    Object.fromEntries(Object.entries(map).filter(([known]) => known !== name));
  if (record.aliases.some((alias) => alias.Name === name)) {
    record.aliases = record.aliases.filter((alias) => alias.Name !== name);
    record.policies = keep(record.policies);
    record.policyRevisions = keep(record.policyRevisions);
    record.eventInvokeConfigs = keep(record.eventInvokeConfigs);
    record.provisioned = keep(record.provisioned);
    await context.registry.save(record);
    context.provisioned.drop({ fleetKey: record.fleetKey, qualifier: name });
  }
  return { status: 204, body: null };
};
