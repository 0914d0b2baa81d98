/** Updates a function on the local engine through the Lambda API. */
import {
  LambdaClient,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from "@aws-sdk/client-lambda";
import { unavailable, type ServiceConnection } from "./service-connection.ts";

interface FunctionUpdate {
  readonly functionName: string;
  /** Null to keep the code. */
  readonly zip: Uint8Array | null;
  /** Null to keep the configuration. */
  readonly configuration: {
    readonly environment: Readonly<Record<string, string>>;
    readonly description: string;
  } | null;
}

export interface LocalUpdater {
  /** Resolves when new environments get the updated code or configuration. */
  update(change: FunctionUpdate): Promise<void>;
  close(): void;
}

const UPDATED_WITHIN_SECONDS = 60;

export function localUpdater(connection: ServiceConnection): LocalUpdater {
  const client = new LambdaClient({
    ...connection,
    requestHandler: { socketTimeout: 30_000, connectionTimeout: 5_000 },
  });
  const updated = async (functionName: string): Promise<void> => {
    await waitUntilFunctionUpdatedV2(
      { client, maxWaitTime: UPDATED_WITHIN_SECONDS, minDelay: 0.05, maxDelay: 1 },
      { FunctionName: functionName },
    );
  };
  return {
    async update({ functionName, zip, configuration }) {
      try {
        if (zip !== null) {
          await client.send(new UpdateFunctionCodeCommand({ FunctionName: functionName, ZipFile: zip }));
          await updated(functionName);
        }
        if (configuration !== null) {
          const { environment, description } = configuration;
          await client.send(
            new UpdateFunctionConfigurationCommand({
              FunctionName: functionName,
              Description: description,
              Environment: { Variables: { ...environment } },
            }),
          );
          await updated(functionName);
        }
      } catch (error) {
        throw unavailable(`The function ${functionName} cannot be updated on the local engine`, error);
      }
    },
    close: () => client.destroy(),
  };
}
