/** The names that a plan wants to give to new things, of the kinds that refuse a second one of the name. Pure. */

/** Terraform's type → what a person calls it, and the member of its configuration that holds the name. */
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
};

/**
 * A replacement has the name already, and by right; a name that is not known yet is nobody's.
 * @returns {readonly { type: string, what: string, name: string, address: string, within: string | null }[]} within: the cluster of a service, the VPC of a security group; null where it is yet to be made
 */
export function plannedNames(plan) {
  return (plan.resource_changes ?? [])
    .filter(({ type, change }) => Object.hasOwn(KINDS, type) && change.actions.join() === "create")
    .map(({ type, address, change: { after } }) => ({
      type,
      what: KINDS[type].what,
      name: after?.[KINDS[type].member],
      address,
      within: after?.cluster ?? after?.vpc_id ?? null,
    }))
    .filter(({ name }) => typeof name === "string");
}
