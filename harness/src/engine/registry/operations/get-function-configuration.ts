import { configurationResponse } from "../functions/configuration-response.ts";
import { type LambdaOperation, referenceOf } from "../requests/operation.ts";

export const getFunctionConfiguration: LambdaOperation = (call, { registry }) => {
  const reference = referenceOf(call);
  const { record, version } = registry.resolve(reference, call.home.region);
  return {
    status: 200,
    body: configurationResponse(record, version, { qualifier: reference.qualifier, states: true }),
  };
};
