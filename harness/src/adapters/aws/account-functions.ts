/** Lists the functions of an account, and reads what is reserved for each. */
import {
  GetFunctionConcurrencyCommand,
  paginateListFunctions,
  type FunctionConfiguration,
  type LambdaClient,
} from "@aws-sdk/client-lambda";
import { unavailable } from "./service-connection.ts";

interface Stoppable {
  readonly abortSignal?: AbortSignal;
}

/** The control API of an account allows fifteen requests per second in total. */
export const AT_ONCE = 5;
export const PATIENT = {
  maxAttempts: 8,
  retryMode: "adaptive",
  requestHandler: { socketTimeout: 30_000, connectionTimeout: 5_000 },
} as const;

export async function listFunctions(
  client: LambdaClient,
  options: Stoppable = {},
): Promise<readonly FunctionConfiguration[]> {
  const functions: FunctionConfiguration[] = [];
  try {
    for await (const page of paginateListFunctions({ client }, {}, options))
      functions.push(...(page.Functions ?? []));
  } catch (error) {
    throw unavailable("The functions of this account cannot be listed (lambda:ListFunctions)", error);
  }
  return functions;
}

export async function reservedOf(
  client: LambdaClient,
  name: string,
  options: Stoppable = {},
): Promise<number | null> {
  try {
    const answer = await client.send(new GetFunctionConcurrencyCommand({ FunctionName: name }), options);
    return answer.ReservedConcurrentExecutions ?? null;
  } catch (error) {
    // The function was deleted after it was listed.
    if ((error as { readonly name?: string }).name === "ResourceNotFoundException") return null;
    throw unavailable(
      `The reserved concurrency of ${name} cannot be read (lambda:GetFunctionConcurrency)`,
      error,
    );
  }
}
