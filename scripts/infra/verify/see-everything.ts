/**
 * The part of a verification between the user's approval and the removal of what was deployed. Tier `full` first makes the role under
 * which Terraform applies its plans. At the end, the whole deployment of tier `full` replaces the small one.
 */
import { errorText } from "../../../harness/src/adapters/aws/error-text.ts";
import { startServices } from "../local-services.ts";
import { makeApplyRole, type ApplyRole } from "./apply-role.ts";
import type { Course, Results } from "./course.ts";
import { deniedActions } from "./denied-actions.ts";
import { fullStage } from "./full-stage.ts";
import { lambdaStage } from "./lambda-stage.ts";
import { differs, notReached, type ProbeResult } from "./probe.ts";
import { INTERRUPTED } from "./run-probes.ts";
import { withVerifyClients } from "./verify-clients.ts";
import { smallDeployment } from "./verify-settings.ts";

export interface EverythingSeen {
  readonly results: Results;
  /** Null in tier `lambda`, or if the role could not be made. */
  readonly role: ApplyRole | null;
  /** What the documented policies did not allow during the two deployments. */
  readonly denied: readonly string[];
}

export const NOTHING_SEEN: EverythingSeen = { results: new Map(), role: null, denied: [] };

export async function seeEverything(start: Omit<Course, "role">): Promise<EverythingSeen> {
  if (start.facts.tier === "lambda") {
    const { results } = await lambdaStage({ ...start, role: null });
    return { ...NOTHING_SEEN, results };
  }
  const made = await roleFor(start);
  const course = {
    ...start,
    role: made.role,
    facts: { ...start.facts, boundaryArn: made.role?.boundaryArn ?? null },
  };
  const ofRole = made.failed === null ? [] : [["github-roles", made.failed] as const];
  if (start.signal.aborted) return { ...NOTHING_SEEN, results: new Map(ofRole), role: made.role };
  const small = await lambdaStage(course);
  const whole = start.signal.aborted
    ? NOTHING_SEEN
    : await fullStage(course).catch((error: unknown) => {
        if (!start.signal.aborted) throw error;
        return NOTHING_SEEN;
      });
  return {
    results: new Map([...ofRole, ...small.results, ...whole.results]),
    role: made.role,
    denied: [...new Set([...small.denied, ...whole.denied])],
  };
}

type Made =
  { readonly role: ApplyRole; readonly failed: null } | { readonly role: null; readonly failed: ProbeResult };

/** If the role cannot be made, everything is deployed with the user's own rights. */
async function roleFor({ user, facts, machine, signal }: Omit<Course, "role">): Promise<Made> {
  const settings = { ...smallDeployment(user, facts), region: facts.region };
  const running = facts.target === "local" ? await startServices(settings) : null;
  try {
    const role = await withVerifyClients({ region: facts.region, running }, ({ requests }) =>
      makeApplyRole({ settings, requests, running }),
    );
    return { role, failed: null };
  } catch (error) {
    const text = `The role with the documented policies could not be made: ${errorText(error)}`;
    machine.stderr.write(`${text}\n`);
    if (signal.aborted) return { role: null, failed: INTERRUPTED };
    return { role: null, failed: deniedActions(error).length > 0 ? differs(text) : notReached(text) };
  }
}
