/** The root user of an account cannot assume a role, so `make verify` could not deploy under the documented policies (docs/permissions.md). */
import { wrongInput } from "../../../harness/src/base/errors.ts";
import { caller, type AwsRequests } from "../aws-request.ts";

export async function refuseRootUser(requests: Pick<AwsRequests, "query">): Promise<void> {
  const { arn } = await caller(requests);
  if (!/^arn:[^:]+:iam::\d{12}:root$/.test(arn)) return;
  throw wrongInput(
    `These are the credentials of the account's root user (${arn}): it cannot assume a role, and its rights hide every missing permission. Nothing was made.`,
    { hint: "Sign in as a user or a role with the rights in docs/permissions.md (verify)." },
  );
}
