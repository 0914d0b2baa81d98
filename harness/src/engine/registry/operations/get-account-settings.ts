import { ACCOUNT_LIMITS } from "../../account-limits.ts";
import { unreservedConcurrency } from "../functions/unreserved-concurrency.ts";
import type { LambdaOperation } from "../requests/operation.ts";

export const getAccountSettings: LambdaOperation = ({ home }, { registry, layers }) => {
  const records = registry.all().filter((record) => record.region === home.region);
  const layerVersions = layers.all(home.region).flatMap((layer) => layer.versions);
  const versions = records.flatMap((record) => [record.latest, ...record.versions]);
  return {
    status: 200,
    body: {
      AccountLimit: {
        TotalCodeSize: ACCOUNT_LIMITS.totalCodeSize,
        CodeSizeUnzipped: ACCOUNT_LIMITS.codeSizeUnzipped,
        CodeSizeZipped: ACCOUNT_LIMITS.codeSizeZipped,
        ConcurrentExecutions: ACCOUNT_LIMITS.concurrentExecutions,
        UnreservedConcurrentExecutions: unreservedConcurrency(records, home.region),
      },
      AccountUsage: {
        TotalCodeSize: [...versions, ...layerVersions].reduce(
          (sum, version) => sum + version.code.codeSize,
          0,
        ),
        FunctionCount: records.length,
      },
    },
  };
};
