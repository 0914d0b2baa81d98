/** The names of the resources that a verification makes, as in infra/modules. */
import type { NamedKind, PlannedName } from "../planned-names.ts";
import type { Tier } from "./row.ts";
import { DESIGN_LABELS, LABEL } from "./verify-settings.ts";

/** The named resources that the small deployment has in both tiers (`lambda` and `full`). */
export function namesOf(name: string): readonly PlannedName[] {
  const made = `${name}-${LABEL}`;
  return [
    one("aws_lambda_function", "function", made),
    one("aws_cloudwatch_log_group", "log group", `/aws/lambda/${made}`),
    one("aws_iam_role", "role", `${made}-function`),
    one("aws_dynamodb_table", "table", `${name}-leases`),
  ];
}

export const stateBucket = (name: string): string => `${name}-state`;

/** Resources without a name are found by their tag. */
export function allNamesOf(name: string, tier: Tier): readonly PlannedName[] {
  const small = [...namesOf(name), one("aws_s3_bucket", "bucket", stateBucket(name))];
  if (tier === "lambda") return small;
  const roles = [
    ...DESIGN_LABELS.map((label) => `${label}-function`),
    ...["peer-start", "runner", "runner-start", "github-plan", "github-apply", "verify"],
  ];
  const policies = [
    "boundary",
    ...["read", "services", "network", "roles"].map((kind) => `github-apply-${kind}`),
  ];
  return [
    ...small,
    ...DESIGN_LABELS.map((label) => one("aws_lambda_function", "function", `${name}-${label}`)),
    ...roles.map((role) => one("aws_iam_role", "role", `${name}-${role}`)),
    ...policies.map((policy) => one("aws_iam_policy", "policy", `${name}-${policy}`)),
    ...["peers", "runner"].map((cluster) => one("aws_ecs_cluster", "cluster", `${name}-${cluster}`)),
    one("aws_ecr_repository", "image repository", name),
  ];
}

function one(type: NamedKind, what: string, name: string): PlannedName {
  return { type, what, name, address: "module", within: null };
}
