/** GetFunction: returns the configuration, the URL of the package, and the settings that all versions share. */
import { configurationResponse } from "../functions/configuration-response.ts";
import { type LambdaOperation, referenceOf } from "../requests/operation.ts";

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
