/** Checks a log group that is encrypted with a key of the user. A verification makes no key, because a key cannot be removed at once. */
import { DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { invoke } from "../invoke.ts";
import { reportOf } from "../log-lines.ts";
import { confirmed, differs, notReached, onAws, type Probe } from "../probe.ts";

export const logsKms: Probe = onAws("The engine has no KMS.", async (context) => {
  const { logs, logGroup, kmsKeyArn, signal } = context;
  if (kmsKeyArn === null)
    return notReached(
      `No key was given. VARS='{"logs":{"kms_key_arn":"ARN"}}' gives one. The verification makes no key, because a key cannot be removed at once.`,
    );
  const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: logGroup }), {
    abortSignal: signal,
  });
  const { kmsKeyId } = logGroups.find(({ logGroupName }) => logGroupName === logGroup) ?? {};
  if (kmsKeyId !== kmsKeyArn) return differs(`The log group has the key ${kmsKeyId ?? "of the service"}.`);
  const { requestId } = await invoke(context, { ask: "answer" });
  return (await reportOf(context, requestId)) === null
    ? differs("The log group has the key, but the report of an invocation did not arrive.")
    : confirmed("The log group has the key, and the lines of an invocation arrived.");
});
