/**
 * Compares what a plan reserves with what the account has. Lambda refuses a reservation only after the function was made; Terraform then marks
 * the function as tainted, and the next apply replaces it. So such a plan is refused before it is applied.
 */
import { GetAccountSettingsCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { seenOrWhy } from "../../harness/src/adapters/aws/seen-or-why.ts";
import { serviceConnection } from "../../harness/src/adapters/aws/service-connection.ts";
import type { Output } from "../../harness/src/cli/machine.ts";
import { quotaRequest, UNRESERVED_LEAST, UNRESERVED_USUAL } from "../../harness/src/words/quota-request.ts";
import { notAvailable } from "../../harness/src/base/errors.ts";
import type { TerraformPlan } from "./terraform-json.ts";

interface Reservation {
  readonly name: string;
  /** How many executions more than before. Negative if it gives some back. */
  readonly more: number;
}

export async function refuseFullAccount(
  plan: TerraformPlan,
  { region, stderr }: { readonly region: string; readonly stderr: Pick<Output, "write"> },
): Promise<void> {
  const reservations = reservationsOf(plan);
  const reserving = reservations.reduce((sum, { more }) => sum + more, 0);
  if (reserving <= 0) return;
  const lambda = new LambdaClient(serviceConnection({ region, endpoint: null }));
  const limits = await seenOrWhy("lambda:GetAccountSettings", async () => {
    const { AccountLimit } = await lambda.send(new GetAccountSettingsCommand({}));
    return AccountLimit;
  }).finally(() => lambda.destroy());
  const { ConcurrentExecutions: concurrent, UnreservedConcurrentExecutions: unreserved } =
    (limits.seen ? limits.value : null) ?? {};
  if (concurrent === undefined || unreserved === undefined) {
    const why = limits.seen ? "AWS named no limits" : limits.text;
    stderr.write(
      `It is not known whether the account has room for ${reserving} reserved concurrent executions (lambda:GetAccountSettings): ${why}\n`,
    );
    return;
  }
  if (unreserved - reserving >= UNRESERVED_USUAL) return;
  const names = reservations.map(({ name, more }) => `${name} ${more}`).join(", ");
  const what = `This plan reserves ${reserving} concurrent executions (${names}). Of the account's ${concurrent} in ${region}, ${unreserved} are unreserved`;
  const request = quotaRequest({ region, concurrent, unreserved, reserving });
  // In an account whose whole quota is this small, fewer may stay unreserved than AWS documents.
  if (concurrent <= UNRESERVED_USUAL && unreserved - reserving >= UNRESERVED_LEAST) {
    stderr.write(
      `${what}. AWS decides how many must stay unreserved: usually ${UNRESERVED_USUAL}, in small accounts fewer. If it refuses, the apply stops half way.\n${request}\n`,
    );
    return;
  }
  const kept = concurrent <= UNRESERVED_USUAL ? `at least ${UNRESERVED_LEAST}` : `${UNRESERVED_USUAL}`;
  throw notAvailable(`${what}, and AWS keeps ${kept} of them so. Nothing was changed.`, {
    hint: request,
  });
}

/** Every function whose reservation the plan makes or changes. A function that is only removed may be removed last, so it gives nothing. */
export function reservationsOf({ resource_changes: changes }: TerraformPlan): readonly Reservation[] {
  return changes.flatMap(({ type, address, change: { actions, before, after } }) => {
    if (type !== "aws_lambda_function" || !(actions.includes("create") || actions.includes("update")))
      return [];
    const more = reserved(after) - reserved(before);
    const name = after?.["function_name"];
    return more === 0 ? [] : [{ name: typeof name === "string" ? name : address, more }];
  });
}

/** Terraform writes -1 if nothing is reserved. */
function reserved(values: Readonly<Record<string, unknown>> | null | undefined): number {
  const value = values?.["reserved_concurrent_executions"];
  return typeof value === "number" ? Math.max(0, value) : 0;
}
