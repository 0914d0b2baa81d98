/** The names of new or removed resources in a plan, for resources whose names must be unique. */
import type { TerraformPlan } from "./terraform-json.ts";

/** For each of Terraform's types: the word for such a resource in messages, and the member that contains the name of the resource. */
const KINDS = {
  aws_lambda_function: { what: "function", member: "function_name" },
  aws_cloudwatch_log_group: { what: "log group", member: "name" },
  aws_iam_role: { what: "role", member: "name" },
  aws_iam_policy: { what: "policy", member: "name" },
  aws_iam_openid_connect_provider: { what: "identity provider", member: "url" },
  aws_dynamodb_table: { what: "table", member: "name" },
  aws_ecr_repository: { what: "image repository", member: "name" },
  aws_ecs_cluster: { what: "cluster", member: "name" },
  aws_ecs_service: { what: "service", member: "name" },
  aws_s3_bucket: { what: "bucket", member: "bucket" },
  aws_security_group: { what: "security group", member: "name" },
} as const;

export type NamedKind = keyof typeof KINDS;

export interface PlannedName {
  readonly type: NamedKind;
  readonly what: string;
  readonly name: string;
  readonly address: string;
  /** The cluster of a service, or the VPC of a security group; null if that does not exist yet. */
  readonly within: string | null;
}

/** The name of a replaced resource already exists, so it is left out. A name that is known only after the apply cannot be looked up. */
export function plannedNames(
  { resource_changes: changes }: TerraformPlan,
  action: "create" | "delete" = "create",
): readonly PlannedName[] {
  return changes.flatMap(({ type, address, change: { actions, before, after } }) => {
    if (!isNamedKind(type) || actions.join() !== action) return [];
    const { what, member } = KINDS[type];
    const values = action === "create" ? after : before;
    const name = values?.[member];
    const within = values?.["cluster"] ?? values?.["vpc_id"];
    if (typeof name !== "string") return [];
    return [{ type, what, name, address, within: typeof within === "string" ? within : null }];
  });
}

const isNamedKind = (type: string): type is NamedKind => Object.hasOwn(KINDS, type);
