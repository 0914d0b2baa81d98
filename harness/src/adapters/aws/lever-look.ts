/**
 * Asks Lambda what the levers of --provoke ask of it, in a form that changes nothing: a revision that the function never had is refused by
 * its number (docs/aws/function-api.md#states). A missing permission is refused before; that Lambda always looks at permissions first is
 * inferred.
 */
import {
  GetProvisionedConcurrencyConfigCommand,
  ListTagsCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
  type LambdaClient,
} from "@aws-sdk/client-lambda";
import type { Seen } from "../../doctor/account-facts.ts";
import { seenOrWhy } from "./seen-or-why.ts";

const NO_REVISION = "00000000-0000-0000-0000-000000000000";
/** What AWS answers if it did not refuse for want of a permission. During an update it may refuse for that reason first. */
const PERMITTED = new Set([
  "PreconditionFailedException",
  "ResourceConflictException",
  "ResourceNotFoundException",
  "ProvisionedConcurrencyConfigNotFoundException",
]);

export async function lookAtLevers(
  lambda: LambdaClient,
  FunctionName: string,
  functionArn: string,
): Promise<readonly Seen<true>[]> {
  const asked = (action: string, send: () => Promise<unknown>): Promise<Seen<true>> =>
    seenOrWhy(`lambda:${action}`, async () => {
      try {
        await send();
      } catch (error) {
        if (!PERMITTED.has((error as Error).name)) throw error;
      }
      return true as const;
    });
  return Promise.all([
    asked("UpdateFunctionConfiguration", () =>
      lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, RevisionId: NO_REVISION })),
    ),
    asked("PublishVersion", () =>
      lambda.send(new PublishVersionCommand({ FunctionName, RevisionId: NO_REVISION })),
    ),
    asked("ListVersionsByFunction", () =>
      lambda.send(new ListVersionsByFunctionCommand({ FunctionName, MaxItems: 1 })),
    ),
    asked("ListTags", () => lambda.send(new ListTagsCommand({ Resource: functionArn }))),
    asked("GetProvisionedConcurrencyConfig", () =>
      lambda.send(new GetProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier: "1" })),
    ),
  ]);
}
