/** Copies a function, on AWS and on the local engine, with the same calls. The original is only read. */
import {
  CreateFunctionCommand,
  GetAccountSettingsCommand,
  GetFunctionCommand,
  PutFunctionConcurrencyCommand,
  waitUntilFunctionActiveV2,
  type CreateFunctionRequest,
  type FunctionConfiguration,
  type GetFunctionCommandOutput,
  type LambdaClient,
} from "@aws-sdk/client-lambda";
import { createHash } from "node:crypto";
import { notAvailable, type LongrunError } from "../../base/errors.ts";
import type { FunctionChanges } from "../../run/ports/function-changes.ts";
import { functionKinds } from "../../words/function-kinds.ts";
import { COPY_TAG, copyTag, deleteOnlyCopy } from "./delete-function.ts";
import { errorText } from "./error-text.ts";
import { unavailable } from "./service-connection.ts";

type CopiedMembers = {
  readonly [Member in keyof FunctionConfiguration & keyof CreateFunctionRequest]?: (
    value: NonNullable<FunctionConfiguration[Member]>,
  ) => CreateFunctionRequest[Member];
};

const asItIs = <Value>(value: Value): Value => value;

/** What of the original's configuration the copy has. A log group of its own: the one that Lambda derives from the name. */
const COPIED: CopiedMembers = {
  Runtime: asItIs,
  Role: asItIs,
  Handler: asItIs,
  Timeout: asItIs,
  MemorySize: asItIs,
  Architectures: asItIs,
  EphemeralStorage: asItIs,
  DeadLetterConfig: asItIs,
  KMSKeyArn: asItIs,
  TracingConfig: asItIs,
  Environment: ({ Variables }) => ({ Variables }),
  Layers: (layers) => layers.flatMap(({ Arn }) => Arn ?? []),
  SnapStart: ({ ApplyOn }) => ({ ApplyOn }),
  VpcConfig: ({ SubnetIds, SecurityGroupIds, Ipv6AllowedForDualStack }) => ({
    SubnetIds,
    SecurityGroupIds,
    Ipv6AllowedForDualStack,
  }),
  LoggingConfig: ({ LogFormat, ApplicationLogLevel, SystemLogLevel }) => ({
    LogFormat,
    ApplicationLogLevel,
    SystemLogLevel,
  }),
};

const FETCH_WITHIN_MS = 300_000;

export function functionCopies(
  client: LambdaClient,
  waiting: { readonly client: LambdaClient; readonly maxWaitTime: number; readonly minDelay: number },
): Pick<FunctionChanges, "original" | "copy" | "copiedBy" | "deleteCopy"> {
  return {
    original: async (FunctionName) => {
      try {
        const { AccountLimit } = await client.send(new GetAccountSettingsCommand({}));
        const { Configuration = {} } = await client.send(new GetFunctionCommand({ FunctionName }));
        return {
          functionName: Configuration.FunctionName ?? FunctionName,
          accountId: Configuration.FunctionArn?.split(":")[4] ?? "",
          codeBytes: Configuration.CodeSize ?? 0,
          codeBytesMax: AccountLimit?.CodeSizeZipped ?? 0,
          image: Configuration.PackageType === "Image",
          signed: (Configuration.SigningProfileVersionArn ?? Configuration.SigningJobArn) !== undefined,
          fileSystems: (Configuration.FileSystemConfigs ?? []).length > 0,
          variablesError: Configuration.Environment?.Error?.Message ?? null,
          variables: Configuration.Environment?.Variables ?? {},
          kinds: functionKinds(Configuration),
          layers: (Configuration.Layers ?? []).flatMap(({ Arn }) => Arn ?? []),
          unreserved: AccountLimit?.UnreservedConcurrentExecutions ?? 0,
        };
      } catch (error) {
        throw unavailable(`${FunctionName} cannot be read for a copy`, error);
      }
    },
    copy: async (of, { functionName: FunctionName, run, reserved, rewrite }) => {
      try {
        const original = await client.send(new GetFunctionCommand({ FunctionName: of }));
        const { Environment, Role, ...settings } = copied(original.Configuration ?? {});
        await client.send(
          new CreateFunctionCommand({
            ...settings,
            FunctionName,
            Role,
            Code: { ZipFile: await codeOf(original) },
            Environment: { Variables: { ...rewrite(Environment?.Variables ?? {}) } },
            Tags: { [COPY_TAG]: run },
          }),
        );
        await waitUntilFunctionActiveV2(waiting, { FunctionName });
        await client.send(
          new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: reserved }),
        );
      } catch (error) {
        throw notCopied(of, error);
      }
    },
    copiedBy: async (functionName) => {
      try {
        return await copyTag(client, functionName);
      } catch (error) {
        throw unavailable(`The tags of ${functionName} cannot be read`, error);
      }
    },
    deleteCopy: async (functionName, run) => {
      try {
        await deleteOnlyCopy(client, functionName, run);
      } catch (error) {
        throw unavailable(`The copy ${functionName} cannot be deleted`, error);
      }
    },
  };
}

function copied(configuration: FunctionConfiguration): Partial<CreateFunctionRequest> {
  const members = Object.entries(COPIED).flatMap(([name, copy]) => {
    const value = configuration[name as keyof FunctionConfiguration];
    return value === undefined ? [] : [[name, (copy as (one: unknown) => unknown)(value)]];
  });
  return Object.fromEntries(members) as Partial<CreateFunctionRequest>;
}

async function codeOf({ Code, Configuration }: GetFunctionCommandOutput): Promise<Uint8Array> {
  const response = await fetch(Code?.Location ?? "", { signal: AbortSignal.timeout(FETCH_WITHIN_MS) });
  if (!response.ok) throw notAvailable(`The link to the code answered ${response.status}.`);
  const zip = new Uint8Array(await response.arrayBuffer());
  if (createHash("sha256").update(zip).digest("base64") !== Configuration?.CodeSha256)
    throw notAvailable("The code at Lambda's link does not have the function's CodeSha256.");
  return zip;
}

/** AWS's message can quote the variables as JSON, so nothing of JSON is shown, and the error itself is not kept. */
function notCopied(of: string, error: unknown): LongrunError {
  const denied = (error as { readonly name?: string }).name === "AccessDeniedException";
  return notAvailable(
    `${of} cannot be copied: ${errorText(error).replace(/\{[^]*/, "{…")}`,
    denied
      ? {
          hint: "A copy needs lambda:CreateFunction, lambda:TagResource, lambda:PutFunctionConcurrency, and iam:PassRole on the function's role: docs/permissions.md#copying-a-function",
        }
      : {},
  );
}
