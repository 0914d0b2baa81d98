/** Something that could not be looked at, each reason with what helps; a missing permission is named. */
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
        `It cannot be seen ${what}: the permission ${seen.action} is missing.`,
        `Add ${seen.action} to the policy; docs/permissions.md has the whole of it.`,
      );
    case "signed-out":
      return unknown(
        about,
        `It cannot be seen ${what}: AWS does not accept the credentials (${seen.text}).`,
        "Sign in again: aws sso login, or new keys.",
      );
    case "unreachable":
      return unknown(
        about,
        `It cannot be seen ${what}: AWS does not answer (${seen.text}).`,
        "Is the network up, and the Region right? Behind a proxy, is it one that the AWS SDK knows?",
      );
    case "absent":
    case "other":
      return unknown(
        about,
        `It cannot be seen ${what}: ${seen.text}`,
        `Try the call by hand: it was ${seen.action}.`,
      );
  }
}
