/** The Makefile's infrastructure targets: `node --import tsx scripts/infra/infra.ts VERB`, with settings in environment variables. */
import { readFileSync } from "node:fs";
import { packageRoot } from "../../harness/src/adapters/node/assets.ts";
import type { Machine } from "../../harness/src/cli/machine.ts";
import { nodeMachine } from "../../harness/src/cli/node-machine.ts";
import { presentError } from "../../harness/src/cli/present-error.ts";
import { wrongInput } from "../../harness/src/base/errors.ts";
import { readSettings, type Settings } from "./settings.ts";

/** Resolves with the exit code. */
type RunVerb = (settings: Settings, machine: Machine) => Promise<number>;

const VERBS: ReadonlyMap<string, () => Promise<RunVerb>> = new Map([
  ["plan", async () => (await import("./deploy.ts")).plan],
  ["deploy", async () => (await import("./deploy.ts")).deploy],
  ["destroy", async () => (await import("./destroy.ts")).destroy],
  ["empty-results", async () => (await import("./empty-results.ts")).emptyResults],
  ["state-bucket", async () => (await import("./state-bucket.ts")).stateBucket],
  ["doctor", async () => (await import("./doctor.ts")).doctor],
  ["longrun", async () => (await import("./soak.ts")).soak],
  ["image", async () => (await import("./image.ts")).image],
  ["runner", async () => (await import("./runner.ts")).runner],
  ["prove", async () => (await import("./prove.ts")).prove],
  ["verify", async () => (await import("./verify/verify.ts")).verify],
  ["logs", async () => (await import("./logs.ts")).logs],
]);

const machine = nodeMachine();
try {
  process.exitCode = await run(machine.arguments[0] ?? "");
} catch (error) {
  process.exitCode = presentError(machine, error);
}

async function run(name: string): Promise<number> {
  const load = VERBS.get(name);
  if (load === undefined) throw wrongInput(`usage: infra.ts ${[...VERBS.keys()].join("|")}`);
  const settings = readSettings(machine.environment, packageRoot(), {
    plans: ["plan", "deploy", "destroy"].includes(name),
    startsTasks: name !== "destroy",
    readText: (path) => readFileSync(path, "utf8"),
  });
  return (await load())(settings, machine);
}
