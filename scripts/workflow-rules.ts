/**
 * Checks what actionlint and zizmor do not check in a workflow. The version is written after each pinned commit, and each action is used in
 * only one version. A workflow has no permissions by default, and every job has a time limit. `make` gets only targets of the Makefile. A
 * plan on AWS has every variable of the deployment, and only one job at a time uses that deployment.
 */
import { parse } from "yaml";
import { z } from "zod";

/** Two jobs of this group never run at the same time. */
const DEPLOYMENT = "longrun-aws";
/** A plan without one of these would change or remove parts of the deployment. */
const OF_A_DEPLOYMENT = ["REGION", "NAME", "STATE", "STATE_KMS_KEY", "PEER", "IMAGE", "DESIGNS", "VARS"];

const ENVIRONMENT = z.record(z.string(), z.unknown()).default({});
const JOB = z.object({
  permissions: z.unknown().optional(),
  "timeout-minutes": z.unknown().optional(),
  concurrency: z.union([z.string(), z.object({ group: z.string() })]).optional(),
  env: ENVIRONMENT,
  steps: z.array(z.object({ run: z.string().default("") })).default([]),
});
const WORKFLOW = z.object({
  permissions: z.unknown().optional(),
  concurrency: z.unknown().optional(),
  env: ENVIRONMENT,
  jobs: z.record(z.string(), JOB),
});

export function targetsOf(makefile: string): ReadonlySet<string> {
  return new Set([...makefile.matchAll(/^([a-z-]+):/gm)].map(([, target = ""]) => target));
}

export function problemsOfWorkflow(
  name: string,
  text: string,
  targets: ReadonlySet<string>,
): readonly string[] {
  const workflow = WORKFLOW.parse(parse(text));
  return [
    ...problemsOfPins(name, text),
    ...(JSON.stringify(workflow.permissions) === "{}"
      ? []
      : [`${name}: expected \`permissions: {}\` at the top; each job asks for its own`]),
    ...(workflow.concurrency === undefined ? [`${name}: expected a concurrency group`] : []),
    ...Object.entries(workflow.jobs).flatMap(([id, job]) =>
      problemsOfJob(job, { ...workflow.env, ...job.env }).map(
        (problem) => `${name}: the job ${id} ${problem}`,
      ),
    ),
    ...Object.values(workflow.jobs)
      .flatMap(({ steps }) => steps)
      .flatMap(({ run }) => [...run.matchAll(/\bmake ([a-z]+(?:-[a-z]+)*)\b/g)])
      .filter(([, target = ""]) => !targets.has(target))
      .map(([, target = ""]) => `${name}: \`make ${target}\` is no target of the Makefile`),
  ];
}

export function problemsOfPins(name: string, text: string): readonly string[] {
  return text
    .split("\n")
    .flatMap((line, index) =>
      /^\s*(?:-\s*)?uses:/.test(line) &&
      !/uses:\s+[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line)
        ? [`${name}:${index + 1}: expected OWNER/ACTION@<40 hex digits> # vX.Y.Z, not ${line.trim()}`]
        : [],
    );
}

function problemsOfJob(job: z.infer<typeof JOB>, env: Readonly<Record<string, unknown>>): readonly string[] {
  const runs = (verbs: RegExp): boolean =>
    env["TARGET"] === "aws" && job.steps.some(({ run }) => verbs.test(run));
  const group = typeof job.concurrency === "string" ? job.concurrency : job.concurrency?.group;
  return [
    ...(job.permissions === undefined ? ["says no permissions"] : []),
    ...(job["timeout-minutes"] === undefined ? ["has no timeout-minutes"] : []),
    ...(runs(/\bmake (deploy|longrun)\b/) && group !== DEPLOYMENT
      ? [`uses what is deployed on AWS: expected the concurrency group ${DEPLOYMENT}`]
      : []),
    ...(runs(/\bmake (plan|deploy)\b/) ? OF_A_DEPLOYMENT : [])
      .filter((variable) => env[variable] === undefined)
      .map((variable) => `plans on AWS without ${variable}`),
  ];
}

export function differentPins(texts: readonly string[]): readonly string[] {
  const pins = new Map<string, Set<string>>();
  for (const [, action = "", pin = ""] of texts.flatMap((text) => [
    ...text.matchAll(/uses:\s+([\w./-]+)@(\S+ # \S+)/g),
  ]))
    pins.set(action, (pins.get(action) ?? new Set()).add(pin));
  return [...pins]
    .filter(([, versions]) => versions.size > 1)
    .map(([action, versions]) => `${action} is pinned in ${versions.size} ways: ${[...versions].join(", ")}`);
}
