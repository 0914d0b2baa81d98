/**
 * Deploys, then plans again: the second plan must be empty. Tier `full` does this with only the documented policies. If AWS denies an
 * action, the deployment is tried once more. If AWS denies an action again, the deployment continues with the user's own rights.
 */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { errorText } from "../../../harness/src/adapters/aws/error-text.ts";
import { planAndApply } from "../deploy.ts";
import { planChanges, prepare } from "../prepare.ts";
import type { Settings } from "../settings.ts";
import type { Course } from "./course.ts";
import { deniedActions } from "./denied-actions.ts";
import { confirmed, differs, notReached, type ProbeResult } from "./probe.ts";
import { INTERRUPTED } from "./run-probes.ts";

/** A change of IAM takes some time to reach all services, and AWS documents no limit for it. */
const KNOWN_AFTER_MS = 30_000;

export interface DeployedTwice {
  readonly result: ProbeResult;
  /** What the documented policies did not allow. */
  readonly denied: readonly string[];
}

export async function deployTwice(
  settings: Settings,
  course: Pick<Course, "machine" | "role" | "signal">,
  attempt: typeof deployOnce = deployOnce,
): Promise<DeployedTwice> {
  const { machine, role, signal } = course;
  if (role === null) return attempt(settings, course);
  const under = async (): Promise<DeployedTwice> =>
    attempt({ ...settings, credentials: await role.credentials() }, course);
  const first = await under();
  if (first.denied.length === 0 || signal.aborted) return first;
  machine.stderr.write(
    `Denied: ${first.denied.join(", ")}. Deploying again, because a new role takes some time to reach all services.\n`,
  );
  await sleep(settings.target === "aws" ? KNOWN_AFTER_MS : 0);
  const second = await under();
  if (second.denied.length === 0) return second;
  // The policies of the role are not extended. With the user's own rights, the other rows of the verification can still be checked.
  machine.stderr.write(
    `Denied: ${second.denied.join(", ")}. The deployment continues with your own rights.\n`,
  );
  return { ...(await attempt(settings, course)), denied: second.denied };
}

async function deployOnce(
  settings: Settings,
  { machine, signal }: Pick<Course, "machine" | "signal">,
): Promise<DeployedTwice> {
  try {
    await planAndApply(settings, machine);
    const file = join(settings.folder, "terraform", "second-plan");
    const changes = await planChanges(settings, await prepare(settings), { file, destroy: false });
    const result = changes
      ? differs("The apply succeeded, but a second plan is not empty.")
      : confirmed("The apply succeeded, and a second plan is empty.");
    return { result, denied: [] };
  } catch (error) {
    const denied = deniedActions(error);
    if (signal.aborted) return { result: INTERRUPTED, denied };
    const text = terraformError(error) ?? errorText(error);
    // A new account has a small quota. So this error is not a difference from what is expected.
    const tooSmall = /UnreservedConcurrentExecution|^This plan reserves/i.test(text);
    return {
      result: tooSmall
        ? notReached(`The account is too small to reserve concurrency: ${text}`)
        : differs(text),
      denied,
    };
  }
}

/** The first line of the first error in Terraform's output. */
function terraformError(error: unknown): string | null {
  const output = error instanceof Error && error.cause instanceof Error ? error.cause.message : "";
  return /^[│ \t]*Error: (.+)/m.exec(output)?.[1] ?? null;
}
