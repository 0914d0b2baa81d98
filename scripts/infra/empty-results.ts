/** `make empty-results`: removes every version of every result from the runner's bucket, after a question, so that a destroy can remove the bucket. */
import type { Machine } from "../../harness/src/cli/machine.ts";
import { wrongInput, notAvailable } from "../../harness/src/base/errors.ts";
import { EXIT, type ExitCode } from "../../harness/src/words/exit-codes.ts";
import { approve } from "./approve.ts";
import { awsRequests } from "./aws-request.ts";
import { emptyBucket, type BucketRequests } from "./bucket.ts";
import { readDeployed } from "./deployed.ts";
import type { Settings } from "./settings.ts";

export async function emptyResults(settings: Settings, machine: Machine): Promise<ExitCode> {
  if (settings.target === "local")
    throw wrongInput("TARGET=local keeps no results in a bucket: no runner runs there.", {
      hint: "make destroy TARGET=local removes everything.",
    });
  const { runner, region } = await readDeployed(settings);
  if (runner == null) throw notAvailable("The deployment has no runner, so it has no results.");
  await emptyAfterQuestion(await awsRequests({ region, endpoint: null }), runner.bucket, {
    settings,
    machine,
  });
  return EXIT.pass;
}

export async function emptyAfterQuestion(
  requests: BucketRequests,
  bucket: string,
  { settings, machine }: { readonly settings: Pick<Settings, "autoApprove">; readonly machine: Machine },
): Promise<void> {
  machine.stderr.write(
    `The runs in s3://${bucket} are evidence, and no version of them will be left. To keep them: aws s3 sync s3://${bucket}/runs/ runs/\n`,
  );
  await approve(settings, machine, {
    command: "make empty-results",
    question: `Remove everything in s3://${bucket}?`,
    undone: "removed",
  });
  const removed = await emptyBucket(requests, bucket);
  machine.stderr.write(`Removed ${removed} versions. Next: make destroy TARGET=aws\n`);
}
