/**
 * The only calls of DeleteFunction on AWS: a version by its number, and a copy by its tag. Without a qualifier, Lambda deletes a function
 * with all its versions.
 */
import {
  DeleteFunctionCommand,
  GetFunctionConfigurationCommand,
  ListTagsCommand,
  ResourceNotFoundException,
  type LambdaClient,
} from "@aws-sdk/client-lambda";
import { invariant } from "../../base/invariant.ts";

/** The tag of a copy. Its value is the name of the run. */
export const COPY_TAG = "longrun-copy";

export async function deleteOnlyVersion(
  client: LambdaClient,
  FunctionName: string,
  version: string,
): Promise<void> {
  invariant(/^[1-9]\d*$/.test(version), `only a numbered version is deleted, not "${version}"`);
  await client.send(new DeleteFunctionCommand({ FunctionName, Qualifier: version }));
}

export async function deleteOnlyCopy(client: LambdaClient, FunctionName: string, run: string): Promise<void> {
  const tag = await copyTag(client, FunctionName);
  invariant(tag === run, `only a copy of the run ${run} is deleted, not ${FunctionName}`);
  await client.send(new DeleteFunctionCommand({ FunctionName }));
}

/** Null if the function has no such tag, undefined if it does not exist. */
export async function copyTag(
  client: LambdaClient,
  FunctionName: string,
): Promise<string | null | undefined> {
  try {
    const { FunctionArn } = await client.send(new GetFunctionConfigurationCommand({ FunctionName }));
    const { Tags } = await client.send(new ListTagsCommand({ Resource: FunctionArn }));
    return Tags?.[COPY_TAG] ?? null;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}
