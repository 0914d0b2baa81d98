/**
 * Reads that the engine does not implement. They answer as AWS does when nothing is configured. The engine refuses all other operations that it
 * does not implement: writes, and reads for which no published source says what AWS answers when nothing is configured.
 */
import { LambdaError, resourceNotFound } from "../../request-validation/lambda-error.ts";
import {
  type LambdaAnswer,
  type LambdaCall,
  type LambdaOperation,
  referenceOf,
} from "../../registry/requests/operation.ts";
import { functionArn } from "../../registry/functions/function-reference.ts";

export const ABSENT_OPERATIONS: Readonly<Record<string, LambdaOperation>> = {
  // No function of the engine has a URL. The two operations report a missing function with different messages.
  GetFunctionUrlConfig: (call) => {
    referenceOf(call);
    throw missingResource();
  },
  ListFunctionUrlConfigs: (call, { registry }) => {
    const { name } = referenceOf(call);
    if (registry.byName(name, call.home.region) === undefined)
      throw resourceNotFound("Function does not exist");
    return configured({ FunctionUrlConfigs: [] });
  },

  GetRuntimeManagementConfig: ofVersion((arn) => ({ UpdateRuntimeOn: "Auto", FunctionArn: arn })),
  ListDurableExecutionsByFunction: ofVersion(() => ({ DurableExecutions: [] })),

  ListEventSourceMappings: () => configured({ EventSourceMappings: [] }),
  ListCodeSigningConfigs: () => configured({ CodeSigningConfigs: [] }),
  ListCapacityProviders: () => configured({ CapacityProviders: [] }),

  GetEventSourceMapping: missing,
  GetCapacityProvider: missing,
  ListFunctionVersionsByCapacityProvider: missing,
  GetDurableExecution: missing,
  GetDurableExecutionHistory: missing,
  GetDurableExecutionState: missing,

  GetCodeSigningConfig: missingCodeSigning,
  ListFunctionsByCodeSigningConfig: missingCodeSigning,
};

export function unknownOperation(name: string): LambdaError {
  return new LambdaError("UnknownOperationException", `The local engine does not serve ${name}.`);
}

/** A read of one version of a function, with its answer if the version exists. `give` gets the ARN of the version. */
function ofVersion(give: (arn: string) => object): LambdaOperation {
  return (call, { registry }) => {
    const { record, version } = registry.resolve(referenceOf(call), call.home.region);
    return configured(give(functionArn(record, record.name, version.version)));
  };
}

/** A read of one resource of a kind that cannot exist here. The answer is AWS's 404. */
function missing(): never {
  throw missingResource();
}

/** A read of a code signing configuration, which cannot exist here. AWS's 404 has no `Type` (recorded 2025-11). */
function missingCodeSigning({ parameters }: LambdaCall): never {
  const message = `The Lambda code signing configuration ${parameters["CodeSigningConfigArn"]} can not be found.`;
  throw new LambdaError("ResourceNotFoundException", message, {}, { typed: false });
}

function missingResource(): LambdaError {
  return resourceNotFound("The resource you requested does not exist.");
}

function configured(body: object): LambdaAnswer {
  return { status: 200, body };
}
