/** Says which levers of --provoke this identity may pull, as far as AWS shows it without a change. */
import { SCHEDULED_LEVERS as LEVERS, type ScheduledLever } from "../words/lever.ts";
import type { SeenFunction } from "./account-facts.ts";
import { clear, notice, type DoctorFinding } from "./doctor-finding.ts";

/** The actions that doctor asks for. Undoing needs more: lambda:DeleteFunction, and for `provisioned` the changes of concurrency. */
const NEEDED: Readonly<Record<ScheduledLever, readonly string[]>> = {
  // The versions are read to see whether another run is changing the function.
  update: ["UpdateFunctionConfiguration", "ListVersionsByFunction"],
  versions: ["UpdateFunctionConfiguration", "PublishVersion", "ListVersionsByFunction"],
  provisioned: [
    "UpdateFunctionConfiguration",
    "PublishVersion",
    "ListVersionsByFunction",
    "ListTags",
    "GetProvisionedConcurrencyConfig",
  ],
};
const NOT_ASKED =
  "lambda:DeleteFunction, which deletes versions, and for provisioned lambda:PutFunctionConcurrency and lambda:PutProvisionedConcurrencyConfig were not asked for, because that would change something. provisioned also needs a function that make deploy deployed, or --copy, for which nothing was asked.";

export function diagnoseLevers({ name, levers }: SeenFunction): readonly DoctorFinding[] {
  if (levers.length === 0) return [];
  const about = { check: "levers", subject: name };
  const missing = levers.flatMap((seen) => (seen.seen ? [] : [seen]));
  const isMissing = (action: string): boolean => missing.some((one) => one.action === `lambda:${action}`);
  const free = LEVERS.filter((lever) => !NEEDED[lever].some(isMissing));
  const may = `--provoke may be allowed: ${free.join(", ")}. ${NOT_ASKED}`;
  if (missing.length === 0) return [clear(about, may)];
  const why = missing.map(({ action, why: kind, text }) =>
    kind === "denied" ? action : `${action} (${text})`,
  );
  return [
    notice(
      about,
      `Not allowed with --provoke: ${LEVERS.filter((lever) => !free.includes(lever)).join(", ")}, because AWS refused ${why.join(", ")}.${free.length === 0 ? "" : ` ${may}`}`,
      "A soak without --provoke does not need this. docs/permissions.md#provoking-the-hazard has the policy.",
    ),
  ];
}
