/** What to do about an error of Terraform. The first row that matches is used. */
import { notAvailable, type LongrunError } from "../../harness/src/base/errors.ts";
import type { Ended } from "./command.ts";

const ROWS: readonly (readonly [RegExp, string])[] = [
  [
    /No valid credential sources found|failed to refresh cached credentials|get credentials/i,
    "There are no AWS credentials: sign in (for example `aws sso login`) and set AWS_PROFILE, then try again.",
  ],
  [
    /ExpiredToken|token (included in the request )?(is|has) expired/i,
    "The AWS credentials have expired: sign in again.",
  ],
  [
    /InvalidClientTokenId|UnrecognizedClientException/i,
    "AWS does not know these credentials in this Region: check AWS_PROFILE, and whether the Region is enabled for the account.",
  ],
  [/invalid AWS Region|no such host.{0,300}amazonaws/i, "There is no such Region: check REGION."],
  [
    /Error acquiring the state lock/i,
    "Another apply is running, or an apply was killed and left its lock. If none is running: `terraform force-unlock ID` in the folder terraform/work under .longrun/, with the ID shown above (docs/deploy.md, after an apply that was killed).",
  ],
  [
    /NoSuchBucket|bucket.{0,300}does not exist/i,
    "The bucket of STATE does not exist: make it first (make state-bucket STATE=…).",
  ],
  [
    /requested bucket from|PermanentRedirect|AuthorizationHeaderMalformed/i,
    "The bucket of STATE is in another Region: it must be in the Region of the deployment.",
  ],
  [
    /UnreservedConcurrentExecution|below its minimum value/i,
    "AWS keeps the number in brackets unreserved (the [N] in its message) in this account and Region: raise the quota of concurrent executions (Service Quotas, Lambda), or free a reservation of another function. `make doctor TARGET=aws` shows the account's numbers.",
  ],
  [
    /ResourceConflictException|EntityAlreadyExists|ResourceAlreadyExistsException|AlreadyExistsException|BucketAlreadyExists|InvalidGroup\.Duplicate/i,
    "Something with this name exists and does not belong to this deployment: choose another NAME, or, if an apply of this deployment was killed, import it into the state (docs/deploy.md). Never import a role of a deployment in another Region: it would be in two states.",
  ],
  [
    /BucketNotEmpty/i,
    "The results' bucket is not empty: fetch the runs (aws s3 sync), empty it (make empty-results TARGET=aws), and destroy again.",
  ],
  [
    /ClusterContainsTasksException/i,
    "A task of a soak is still running: wait until it ends, or end it with the command that `make runner` printed, and destroy again.",
  ],
  [
    /tfSTABLE|steady state|SERVICE_DEPLOYMENT/i,
    "A managed peer did not start. Usual reasons: IMAGE does not exist or was built for another processor (`make image` builds for the right one), or the subnets reach neither ECR nor CloudWatch Logs. To see why the last task stopped: aws ecs describe-services and describe-tasks, or make logs TARGET=aws.",
  ],
  [
    /AccessDenied|not authorized to perform/i,
    "These credentials are not allowed to do that: docs/permissions.md lists the permissions.",
  ],
  [
    /expected runtime to be one of/i,
    "nodejs24.x needs the AWS provider of major 6: `terraform init -upgrade`, or take nodejs22.x.",
  ],
  [
    /Failed to (query available|install) provider|could not connect to registry/i,
    "The AWS provider could not be fetched: the registry does not answer, and no mirror was found. LONGRUN_PROVIDER_MIRROR may name a folder with one.",
  ],
  [
    /lock file is inconsistent|checksums previously recorded|dependency lock file/i,
    "The provider that was found is not the one of infra/.terraform.lock.hcl: fetch that version, or run `terraform providers lock` on purpose.",
  ],
  [
    /Plugin did not respond|connection refused/i,
    "A service did not answer. With TARGET=local: `make destroy`, then deploy again.",
  ],
];

export function explainFailure(text: string): string | undefined {
  return ROWS.find(([pattern]) => pattern.test(text))?.[1];
}

export function failure(message: string, { stdout, stderr }: Pick<Ended, "stdout" | "stderr">): LongrunError {
  const hint = explainFailure(stdout + stderr);
  return notAvailable(message, {
    ...(hint === undefined ? {} : { hint }),
    cause: new Error(`${stdout}${stderr}`),
  });
}
