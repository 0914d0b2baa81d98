import { configurationResponse } from "../functions/configuration-response.ts";
import type { LambdaOperation } from "../requests/operation.ts";
import { page } from "../requests/page.ts";

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
  const { items, nextMarker } = page(
    rows,
    ({ record, version }) => `${record.name}:${version.version}`,
    query,
  );
  return {
    status: 200,
    body: {
      Functions: items.map(({ record, version }) =>
        configurationResponse(record, version, {
          qualifier: wanted === "ALL" ? version.version : null,
          states: false,
        }),
      ),
      ...(nextMarker === null ? {} : { NextMarker: nextMarker }),
    },
  };
};
