import { aliasResponse } from "../functions/configuration-response.ts";
import { type LambdaOperation, functionOf } from "../requests/operation.ts";
import { page } from "../requests/page.ts";

export const listAliases: LambdaOperation = (call, context) => {
  const record = functionOf(call, context);
  const wanted = call.query.get("FunctionVersion");
  const aliases = record.aliases
    .filter(
      (alias) => wanted === null || alias.FunctionVersion === wanted || alias.additional?.version === wanted,
    )
    .toSorted((a, b) => (a.Name < b.Name ? -1 : 1));
  const { items, nextMarker } = page(aliases, (alias) => alias.Name, call.query);
  return {
    status: 200,
    body: {
      Aliases: items.map((alias) => aliasResponse(record, alias)),
      ...(nextMarker === null ? {} : { NextMarker: nextMarker }),
    },
  };
};
