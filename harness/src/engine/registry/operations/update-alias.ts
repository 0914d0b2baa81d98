import { randomUUID } from "node:crypto";
import { readAlias, requireAlias } from "../functions/alias-members.ts";
import { aliasResponse } from "../functions/configuration-response.ts";
import { type LambdaOperation, functionOf } from "../requests/operation.ts";
import { checkRevision } from "../functions/revision.ts";

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
