/** Changes functions, on AWS and on the local engine, with the same calls. */
import {
  DeleteFunctionConcurrencyCommand,
  DeleteProvisionedConcurrencyConfigCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  GetProvisionedConcurrencyConfigCommand,
  LambdaClient,
  ListTagsCommand,
  paginateListFunctions,
  paginateListVersionsByFunction,
  ProvisionedConcurrencyConfigNotFoundException,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  PutProvisionedConcurrencyConfigCommand,
  ResourceNotFoundException,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdated,
  waitUntilPublishedVersionActive,
} from "@aws-sdk/client-lambda";
import { setTimeout as pause } from "node:timers/promises";
import { notAvailable } from "../../base/errors.ts";
import { AWS_DEFAULT_MEMORY_MB } from "../../words/function-size.ts";
import type { DescribedVersion, FunctionChanges } from "../../run/ports/function-changes.ts";
import { deleteOnlyVersion } from "./delete-function.ts";
import { functionCopies } from "./function-copies.ts";
import { unavailable, type ServiceConnection } from "./service-connection.ts";

/** The initialization code of a provisioned environment may run for 15 minutes (docs/aws/lifecycle.md#init). */
const WITHIN_SECONDS = 900;

type OfVersions = Pick<
  FunctionChanges,
  "exists" | "look" | "tags" | "describe" | "publish" | "versions" | "deleteVersion" | "everyVersion"
>;
type OfConcurrency = Pick<FunctionChanges, "provision" | "unprovision" | "reservedConcurrency" | "reserve">;

export function functionChanges(connection: ServiceConnection): FunctionChanges {
  const client = new LambdaClient({
    ...connection,
    requestHandler: { socketTimeout: 30_000, connectionTimeout: 5_000 },
  });
  // An engine on this machine is ready within milliseconds.
  const everySeconds = connection.endpoint === undefined ? 1 : 0.05;
  return {
    ...versionChanges(client, everySeconds),
    ...concurrencyChanges(client, everySeconds),
    ...functionCopies(client, { client, maxWaitTime: WITHIN_SECONDS, minDelay: everySeconds }),
    close: () => client.destroy(),
  };
}

function versionChanges(client: LambdaClient, minDelay: number): OfVersions {
  const waiting = { client, maxWaitTime: WITHIN_SECONDS, minDelay, maxDelay: 5 };
  const updated = (FunctionName: string) => waitUntilFunctionUpdated(waiting, { FunctionName });
  return {
    exists: (FunctionName) =>
      saying(`The function ${FunctionName} cannot be read`, async () => {
        try {
          await client.send(new GetFunctionConfigurationCommand({ FunctionName }));
          return true;
        } catch (error) {
          if (error instanceof ResourceNotFoundException) return false;
          throw error;
        }
      }),
    look: (FunctionName) =>
      saying(`The function ${FunctionName} cannot be read`, async () => {
        await updated(FunctionName);
        const found = await client.send(new GetFunctionConfigurationCommand({ FunctionName }));
        return {
          functionName: found.FunctionName ?? FunctionName,
          functionArn: found.FunctionArn ?? "",
          description: found.Description ?? "",
          revisionId: found.RevisionId ?? "",
          memoryMb: found.MemorySize ?? AWS_DEFAULT_MEMORY_MB,
        };
      }),
    tags: (functionArn) =>
      saying(`The tags of ${functionArn} cannot be read`, async () => {
        return (await client.send(new ListTagsCommand({ Resource: functionArn }))).Tags ?? {};
      }),
    describe: (FunctionName, Description, RevisionId) =>
      saying(`The description of ${FunctionName} cannot be changed`, async () => {
        await client.send(new UpdateFunctionConfigurationCommand({ FunctionName, Description, RevisionId }));
        await updated(FunctionName);
      }),
    publish: (FunctionName, Description, RevisionId) =>
      saying(`No version of ${FunctionName} can be published`, async () => {
        const answer = await client.send(
          new PublishVersionCommand({ FunctionName, Description, RevisionId }),
        );
        await waitUntilPublishedVersionActive(waiting, { FunctionName, Qualifier: answer.Version });
        return { version: answer.Version ?? "", description: answer.Description ?? "" };
      }),
    versions: (FunctionName) =>
      saying(`The versions of ${FunctionName} cannot be read`, async () => {
        const found: DescribedVersion[] = [];
        for await (const { Versions } of paginateListVersionsByFunction({ client }, { FunctionName }))
          for (const { Version, Description } of Versions ?? [])
            found.push({ version: Version ?? "", description: Description ?? "" });
        return found;
      }),
    deleteVersion: (FunctionName, version) =>
      saying(`Version ${version} of ${FunctionName} cannot be deleted`, () =>
        deleteOnlyVersion(client, FunctionName, version),
      ),
    everyVersion: async function* () {
      try {
        for await (const { Functions } of paginateListFunctions({ client }, { FunctionVersion: "ALL" }))
          for (const { FunctionName, Version, Description } of Functions ?? [])
            yield {
              functionName: FunctionName ?? "",
              version: Version ?? "",
              description: Description ?? "",
            };
      } catch (error) {
        throw unavailable("The functions cannot be listed", error);
      }
    },
  };
}

function concurrencyChanges(client: LambdaClient, everySeconds: number): OfConcurrency {
  const wait = () => pause(everySeconds * 1_000);
  async function untilProvisioned(FunctionName: string, Qualifier: string): Promise<void> {
    for (const end = performance.now() + WITHIN_SECONDS * 1_000; ; await wait()) {
      const { Status, StatusReason } = await client.send(
        new GetProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier }),
      );
      if (Status === "READY") return;
      if (Status === "FAILED" || performance.now() > end)
        throw notAvailable(
          `Lambda could not provide the provisioned concurrency of ${FunctionName}:${Qualifier}: ${StatusReason ?? "no answer in time"}`,
        );
    }
  }

  async function hasProvisioned(FunctionName: string, Qualifier: string): Promise<boolean> {
    try {
      await client.send(new GetProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier }));
      return true;
    } catch (error) {
      if (error instanceof ProvisionedConcurrencyConfigNotFoundException) return false;
      throw error;
    }
  }

  return {
    provision: (FunctionName, Qualifier, ProvisionedConcurrentExecutions) =>
      saying(`No concurrency of ${FunctionName}:${Qualifier} can be provisioned`, async () => {
        await client.send(
          new PutProvisionedConcurrencyConfigCommand({
            FunctionName,
            Qualifier,
            ProvisionedConcurrentExecutions,
          }),
        );
        await untilProvisioned(FunctionName, Qualifier);
      }),
    unprovision: (FunctionName, Qualifier) =>
      saying(`The provisioned concurrency of ${FunctionName}:${Qualifier} cannot be removed`, async () => {
        if (!(await hasProvisioned(FunctionName, Qualifier))) return;
        await client.send(new DeleteProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier }));
        while (await hasProvisioned(FunctionName, Qualifier)) await wait();
      }),
    reservedConcurrency: (FunctionName) =>
      saying(`The reserved concurrency of ${FunctionName} cannot be read`, async () => {
        const answer = await client.send(new GetFunctionConcurrencyCommand({ FunctionName }));
        return answer.ReservedConcurrentExecutions ?? null;
      }),
    reserve: (FunctionName, concurrency) =>
      saying(`The reserved concurrency of ${FunctionName} cannot be changed`, async () => {
        if (concurrency === null) await client.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
        else
          await client.send(
            new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: concurrency }),
          );
      }),
  };
}

async function saying<T>(what: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw unavailable(what, error);
  }
}
