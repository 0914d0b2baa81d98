/** Removes roles and policies that Terraform does not know. */
import { textsOf, type AwsRequests } from "../aws-request.ts";

type IamRequests = Pick<AwsRequests, "query">;

/**
 * Ignores refusals by AWS, for example because the role does not exist. If the role is left, the last step of the verification finds and
 * reports it.
 */
export async function removeRole(requests: IamRequests, RoleName: string): Promise<void> {
  const attached = await requests.query("iam", "ListAttachedRolePolicies", { RoleName });
  for (const PolicyArn of attached.ok ? textsOf(attached.text, "PolicyArn") : [])
    await requests.query("iam", "DetachRolePolicy", { RoleName, PolicyArn });
  const inline = await requests.query("iam", "ListRolePolicies", { RoleName });
  for (const PolicyName of inline.ok ? textsOf(inline.text, "member") : [])
    await requests.query("iam", "DeleteRolePolicy", { RoleName, PolicyName });
  await requests.query("iam", "DeleteRole", { RoleName });
}

export async function removePolicy(requests: IamRequests, PolicyArn: string): Promise<void> {
  await requests.query("iam", "DeletePolicy", { PolicyArn });
}
