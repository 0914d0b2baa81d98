/**
 * Reads of an account what `longrun budget` counts: the functions that share a server, and how many environments of each can exist. No value
 * of a variable leaves this file, except the address that the variable named by the user has.
 */
import {
  GetAccountSettingsCommand,
  GetFunctionScalingConfigCommand,
  LambdaClient,
  ListTagsCommand,
  paginateListProvisionedConcurrencyConfigs,
  paginateListVersionsByFunction,
  type FunctionConfiguration,
} from "@aws-sdk/client-lambda";
import type { BudgetedFunction, ManagedEnvironments } from "../../budget/budgeted-function.ts";
import { copiesOfCode } from "../../budget/copies-of-code.ts";
import { configuredAddress } from "../../catalogue/connection-strings/configured-address.ts";
import type { NetworkAddress } from "../../catalogue/connection-strings/connection-string.ts";
import type { LinkPlace } from "../../words/link-place.ts";
import { AT_ONCE, listFunctions, PATIENT, reservedOf } from "./account-functions.ts";
import { eachOf } from "./each-of.ts";
import { unavailable, type ServiceConnection } from "./service-connection.ts";

export interface BudgetChoice {
  readonly names: ReadonlySet<string>;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
  /** Where the functions have the server's address. Null if they are not chosen by it. */
  readonly place: LinkPlace | null;
  /** Whether this is an address of a server whose connections are counted. */
  readonly isServer: (address: NetworkAddress) => boolean;
}

export interface FunctionOfServer {
  readonly one: BudgetedFunction;
  /** Null if the function was not chosen by its address, or if the address cannot be read. */
  readonly address: NetworkAddress | null;
}

export interface BudgetLook {
  readonly functions: readonly FunctionOfServer[];
  /** The concurrency of the account that no function has reserved. */
  readonly unreserved: number;
}

/** AWS's default for the least number of environments on Managed Instances. */
const MANAGED_LEAST = 3;
const UNNUMBERED = "$LATEST.PUBLISHED";

export async function lookAtBudget(connection: ServiceConnection, choice: BudgetChoice): Promise<BudgetLook> {
  const lambda = new LambdaClient({ ...connection, ...PATIENT });
  try {
    const functions: FunctionOfServer[] = [];
    await eachOf(await listFunctions(lambda), AT_ONCE, async (configuration) => {
      const found = await chosen(lambda, configuration, choice);
      if (found === null) return;
      const { address, unclear } = found;
      functions.push({ address, one: await environmentsOf(lambda, configuration, unclear) });
    });
    functions.sort((a, b) => (a.one.functionName < b.one.functionName ? -1 : 1));
    return { functions, unreserved: await unreservedOf(lambda) };
  } finally {
    lambda.destroy();
  }
}

interface WhyChosen {
  readonly address: NetworkAddress | null;
  readonly unclear: string | null;
}

async function chosen(
  lambda: LambdaClient,
  { FunctionName = "", FunctionArn = "", Environment }: FunctionConfiguration,
  { names, tags, place, isServer }: BudgetChoice,
): Promise<WhyChosen | null> {
  if (names.has(FunctionName)) return { address: null, unclear: null };
  if (tags.length > 0) {
    const { Tags = {} } = await asked("ListTags", () =>
      lambda.send(new ListTagsCommand({ Resource: FunctionArn })),
    );
    if (tags.some(({ key, value }) => Tags[key] === value)) return { address: null, unclear: null };
  }
  if (place === null) return null;
  if (Environment?.Error !== undefined)
    return { address: null, unclear: "AWS shows no variables of it, so its server is unknown." };
  const address = configuredAddress(place, Environment?.Variables ?? {});
  if (address === null) return null;
  if ("problem" in address)
    return { address: null, unclear: "Its variable has no address that longrun can read." };
  return isServer(address) ? { address, unclear: null } : null;
}

async function environmentsOf(
  lambda: LambdaClient,
  configuration: FunctionConfiguration,
  unclear: string | null,
): Promise<BudgetedFunction> {
  const { FunctionName = "" } = configuration;
  const provisioned = await asked("ListProvisionedConcurrencyConfigs", async () => {
    const found: BudgetedFunction["provisioned"][number][] = [];
    for await (const page of paginateListProvisionedConcurrencyConfigs({ client: lambda }, { FunctionName }))
      for (const one of page.ProvisionedConcurrencyConfigs ?? [])
        found.push({
          qualifier: one.FunctionArn?.split(":").at(-1) ?? "",
          environments: one.RequestedProvisionedConcurrentExecutions ?? 0,
        });
    return found;
  });
  const versions = await asked("ListVersionsByFunction", async () => {
    const found: FunctionConfiguration[] = [];
    for await (const page of paginateListVersionsByFunction({ client: lambda }, { FunctionName }))
      found.push(...(page.Versions ?? []));
    return found.filter(({ Version }) => Version !== "$LATEST");
  });
  return {
    functionName: FunctionName,
    unclear,
    reservedConcurrency: await reservedOf(lambda, FunctionName),
    provisioned,
    snapStartVersions: versions.filter(({ SnapStart }) => (SnapStart?.ApplyOn ?? "None") !== "None").length,
    tenants: configuration.TenancyConfig !== undefined,
    managed: await managedOf(
      lambda,
      configuration,
      versions.map(({ Version = "" }) => Version),
    ),
  };
}

async function managedOf(
  lambda: LambdaClient,
  { FunctionName, CapacityProviderConfig, Runtime, MemorySize, Environment }: FunctionConfiguration,
  numbers: readonly string[],
): Promise<ManagedEnvironments | null> {
  const settings = CapacityProviderConfig?.LambdaManagedInstancesCapacityProviderConfig;
  if (settings === undefined) return null;
  const versions: ManagedEnvironments["versions"][number][] = [];
  for (const version of new Set([...numbers, UNNUMBERED])) {
    const scaling = await asked("GetFunctionScalingConfig", async () => {
      try {
        return await lambda.send(new GetFunctionScalingConfigCommand({ FunctionName, Qualifier: version }));
      } catch (error) {
        if ((error as Error).name === "ResourceNotFoundException") return null;
        throw error;
      }
    });
    if (scaling === null) continue;
    const { MinExecutionEnvironments = MANAGED_LEAST, MaxExecutionEnvironments = null } =
      scaling.AppliedFunctionScalingConfig ?? scaling.RequestedFunctionScalingConfig ?? {};
    versions.push({ version, least: MinExecutionEnvironments, most: MaxExecutionEnvironments });
  }
  return {
    copies: copiesOfCode({
      runtime: Runtime,
      memoryMb: MemorySize,
      memoryGibPerVcpu: settings.ExecutionEnvironmentMemoryGiBPerVCpu,
      invocations: settings.PerExecutionEnvironmentMaxConcurrency,
      nodeWorkers: Environment?.Variables?.["AWS_LAMBDA_NODEJS_WORKER_COUNT"],
    }),
    invocations: settings.PerExecutionEnvironmentMaxConcurrency ?? null,
    versions,
  };
}

async function unreservedOf(lambda: LambdaClient): Promise<number> {
  const { AccountLimit } = await asked("GetAccountSettings", () =>
    lambda.send(new GetAccountSettingsCommand({})),
  );
  return AccountLimit?.UnreservedConcurrentExecutions ?? Infinity;
}

async function asked<Answer>(action: string, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    throw unavailable(`The budget needs lambda:${action}`, error);
  }
}
