/** Says why something could not be examined, and what helps. */
import type { Seen } from "./account-facts.ts";
import { unknown, type DoctorFinding } from "./doctor-finding.ts";

type Unseen = Extract<Seen<unknown>, { seen: false }>;

export function cannotLook(
  about: { readonly check: string; readonly subject?: string },
  seen: Unseen,
  what: string,
): DoctorFinding {
  switch (seen.why) {
    case "denied":
      return unknown(
        about,
        `It is not known ${what}: the permission ${seen.action} is missing.`,
        `Add ${seen.action} to the policy; docs/permissions.md has the whole policy.`,
      );
    case "signed-out":
      return unknown(
        about,
        `It is not known ${what}: AWS does not accept the credentials (${seen.text}).`,
        "Sign in again: aws sso login, or new keys.",
      );
    case "unreachable":
      return unknown(
        about,
        `It is not known ${what}: AWS does not answer (${seen.text}).`,
        "Check the network, the Region and, if there is a proxy, its settings for the AWS SDK.",
      );
    case "absent":
    case "other":
      return unknown(
        about,
        `It is not known ${what}: ${seen.text}`,
        `Make the call yourself, for example with the AWS CLI: ${seen.action}.`,
      );
  }
}
