import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { serviceConnection } from "../../../harness/src/adapters/aws/service-connection.ts";
import { awsRequests, type AwsRequests } from "../aws-request.ts";
import type { LocalServices } from "../local-services.ts";
import type { AnswerRecorder } from "./recording/answer-recorder.ts";

export interface VerifyClients {
  /** Does not repeat requests, because some probes look for a refusal. */
  readonly lambda: LambdaClient;
  readonly logs: CloudWatchLogsClient;
  readonly requests: AwsRequests;
}

/** `running`: null on AWS. `recorder`, if given, records every answer. Rejects if there are no credentials. */
export async function withVerifyClients<Result>(
  {
    region,
    running,
    recorder,
  }: { readonly region: string; readonly running: LocalServices | null; readonly recorder?: AnswerRecorder },
  use: (clients: VerifyClients) => Promise<Result>,
): Promise<Result> {
  const plain = await awsRequests({ region, endpoint: running?.services ?? null });
  const requests = recorder?.requests(plain) ?? plain;
  const connection = serviceConnection({ region, endpoint: running?.engine ?? null });
  const lambda = new LambdaClient({ ...connection, maxAttempts: 1 });
  const logs = new CloudWatchLogsClient(connection);
  recorder?.record("lambda", lambda);
  recorder?.record("logs", logs);
  try {
    return await use({ lambda, logs, requests });
  } finally {
    lambda.destroy();
    logs.destroy();
  }
}
