// What actionlint and zizmor do not ask of a workflow: a version beside each pin, no permissions by default, a bound on every
// job, one verb for a laptop and CI, a plan on AWS that is given all that the deployment was made with, and one job at a time that
// changes or drives it. Pure.
import { parse } from "yaml";

/** Two jobs of this group never run at once. */
const DEPLOYMENT = "longrun-aws";
/** A plan that lacks one of these would change, or take away, what it says. */
const OF_A_DEPLOYMENT = ["REGION", "NAME", "STATE", "PEER", "IMAGE", "DESIGNS", "VARS"];

export function problemsOfWorkflow(name, text, targets) {
  const found = [];
  const lines = text.split("\n");
  lines.forEach((line, index) => {
    if (
      /^\s*-?\s*uses:/.test(line) &&
      !/uses:\s+[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line)
    ) {
      found.push(`${name}:${index + 1}: expected OWNER/ACTION@<40 hex digits> # vX.Y.Z, not ${line.trim()}`);
    }
  });
  const workflow = parse(text);
  if (JSON.stringify(workflow.permissions) !== "{}")
    found.push(`${name}: expected \`permissions: {}\` at the top; each job asks for its own`);
  if (workflow.concurrency === undefined) found.push(`${name}: expected a concurrency group`);
  for (const [id, job] of Object.entries(workflow.jobs)) {
    if (job.permissions === undefined) found.push(`${name}: the job ${id} says no permissions`);
    if (job["timeout-minutes"] === undefined) found.push(`${name}: the job ${id} has no timeout-minutes`);
    const env = { ...workflow.env, ...job.env };
    const uses = job.steps.some(({ run = "" }) => /\bmake (deploy|longrun)\b/.test(run));
    if (uses && env.TARGET === "aws" && job.concurrency?.group !== DEPLOYMENT)
      found.push(
        `${name}: the job ${id} uses what is deployed on AWS: expected the concurrency group ${DEPLOYMENT}`,
      );
    const plans = job.steps.some(({ run = "" }) => /\bmake (plan|deploy)\b/.test(run));
    for (const variable of plans && env.TARGET === "aws" ? OF_A_DEPLOYMENT : [])
      if (env[variable] === undefined) found.push(`${name}: the job ${id} plans on AWS without ${variable}`);
    for (const { run: script = "" } of job.steps) {
      for (const [, target] of script.matchAll(/\bmake ((?:[a-z]+-?)+)\b/g))
        if (!targets.has(target)) found.push(`${name}: \`make ${target}\` is no target of the Makefile`);
    }
  }
  return found;
}
