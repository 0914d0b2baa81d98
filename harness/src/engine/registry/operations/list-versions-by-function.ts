import { configurationResponse } from "../functions/configuration-response.ts";
import { type LambdaOperation, functionOf } from "../requests/operation.ts";
import { page } from "../requests/page.ts";

/** ListVersionsByFunction: `$LATEST`, then the versions in ascending order. The states are left out (docs/aws/function-api.md#configuration). */
export const listVersionsByFunction: LambdaOperation = (call, context) => {
  const record = functionOf(call, context);
  const { items, nextMarker } = page(
    [record.latest, ...record.versions],
    (version) => version.version,
    call.query,
  );
  return {
    status: 200,
    body: {
      Versions: items.map((version) =>
        configurationResponse(record, version, { qualifier: version.version, states: false }),
      ),
      ...(nextMarker === null ? {} : { NextMarker: nextMarker }),
    },
  };
};
