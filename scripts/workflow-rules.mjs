// What actionlint and zizmor do not ask of a workflow: a version beside each pin, no permissions by default, a bound on every
// job, and one verb for a laptop and CI. Pure.
import { parse } from "yaml";

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
    for (const { run: script = "" } of job.steps) {
      for (const [, target] of script.matchAll(/\bmake ((?:[a-z]+-?)+)\b/g))
        if (!targets.has(target)) found.push(`${name}: \`make ${target}\` is no target of the Makefile`);
    }
  }
  return found;
}
