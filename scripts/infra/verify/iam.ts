/** Removes roles and policies that Terraform does not know. */
import type { AwsRequests } from "../aws-request.ts";

export const IAM = "2010-05-08";

type IamRequests = Pick<AwsRequests, "query">;

/**
 * Ignores refusals by AWS, for example because the role does not exist. If the role is left, the last step of the verification finds and
 * reports it.
 */
export async function removeRole(requests: IamRequests, RoleName: string): Promise<void> {
  const attached = await requests.query("iam", IAM, "ListAttachedRolePolicies", { RoleName });
  for (const PolicyArn of attached.ok ? textsOf(attached.text, "PolicyArn") : [])
    await requests.query("iam", IAM, "DetachRolePolicy", { RoleName, PolicyArn });
  const inline = await requests.query("iam", IAM, "ListRolePolicies", { RoleName });
  for (const PolicyName of inline.ok ? textsOf(inline.text, "member") : [])
    await requests.query("iam", IAM, "DeleteRolePolicy", { RoleName, PolicyName });
  await requests.query("iam", IAM, "DeleteRole", { RoleName });
}

export async function removePolicy(requests: IamRequests, PolicyArn: string): Promise<void> {
  await requests.query("iam", IAM, "DeletePolicy", { PolicyArn });
}

export function textsOf(xml: string, element: string): readonly string[] {
  return [...xml.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, "g"))].map(([, text = ""]) =>
    text.replace(/&quot;/g, '"').replace(/&amp;/g, "&"),
  );
}
