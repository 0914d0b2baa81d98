/** The input and the result of every operation of the Lambda API. */
import type { CodeStore } from "../packages/code-store.ts";
import type { FunctionRecord } from "../functions/function-record.ts";
import type { StoredPackage } from "../packages/stored-package.ts";
import { type FunctionReference, parseFunctionReference } from "../functions/function-reference.ts";
import type { Home } from "../home.ts";
import type { FunctionRegistry } from "../functions/function-registry.ts";
import { invalidParameter, type LambdaError } from "../../request-validation/lambda-error.ts";
import type { LayerRegistry } from "../layers/layer-registry.ts";
import type { ProvisionedConcurrency } from "../functions/provisioned-concurrency.ts";
import type { RequestMembers } from "../../request-validation/request-members.ts";

export interface OperationContext {
  readonly registry: FunctionRegistry;
  readonly layers: LayerRegistry;
  readonly provisioned: ProvisionedConcurrency;
  readonly codeStore: CodeStore;
  /** Returns a URL on our own endpoint that serves the package without authorization for a limited time. */
  readonly codeUrl: (code: StoredPackage) => string;
}

export interface LambdaCall {
  /** The operation's name, such as `PublishLayerVersion`. */
  readonly operation: string;
  /** The Region is the request's (SigV4 scope), the account is the engine's. */
  readonly home: Home;
  readonly parameters: Readonly<Record<string, string | undefined>>;
  readonly query: URLSearchParams;
  readonly body: RequestMembers;
}

export interface LambdaAnswer {
  readonly status: number;
  readonly body: object | null;
}

export type LambdaOperation = (
  call: LambdaCall,
  context: OperationContext,
) => LambdaAnswer | Promise<LambdaAnswer>;

/** The query's Qualifier is part of the reference. */
export function referenceOf(call: LambdaCall): FunctionReference {
  return parseFunctionReference(
    call.parameters["FunctionName"] ?? "",
    call.query.get("Qualifier"),
    call.home,
  );
}

/** For operations on all versions of a function: ignores a qualifier in the name. `named` is the qualifier that the 404 shows. */
export function functionOf(
  call: LambdaCall,
  context: OperationContext,
  named: string | null = null,
): FunctionRecord {
  const reference = parseFunctionReference(call.parameters["FunctionName"] ?? "", null, call.home);
  return context.registry.require({ name: reference.name, qualifier: null }, call.home.region, named);
}

/** Refuses every qualifier except `$LATEST`. */
export function changeableFunctionOf(call: LambdaCall, context: OperationContext): FunctionRecord {
  const { qualifier } = parseFunctionReference(call.parameters["FunctionName"] ?? "", null, call.home);
  if (qualifier !== null && qualifier !== "$LATEST") throw functionsOnly();
  return functionOf(call, context);
}

function functionsOnly(): LambdaError {
  return invalidParameter(
    "This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.",
  );
}

/** Refuses every qualifier in the name, `$LATEST` too. Recorded from AWS: if an operation writes, its 404 names `$LATEST`. */
export function unqualifiedFunctionOf(
  call: LambdaCall,
  context: OperationContext,
  named: "$LATEST" | null = "$LATEST",
): FunctionRecord {
  const reference = parseFunctionReference(call.parameters["FunctionName"] ?? "", null, call.home);
  if (reference.qualifier !== null) throw functionsOnly();
  return context.registry.require(reference, call.home.region, named);
}
