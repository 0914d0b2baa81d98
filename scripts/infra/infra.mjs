/** The verbs behind the Makefile's infrastructure targets: `node scripts/infra/infra.mjs VERB`, settings in variables. */
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { Problem } from "./problem.mjs";
import { readSettings } from "./settings.mjs";

const VERBS = {
  plan: async (settings) => (await import("./deploy.mjs")).plan(settings),
  deploy: async (settings) => (await import("./deploy.mjs")).deploy(settings),
  destroy: async (settings) => (await import("./destroy.mjs")).destroy(settings),
  doctor: async (settings) => (await import("./doctor.mjs")).doctor(settings),
  longrun: async (settings) => (await import("./soak.mjs")).soak(settings),
  runner: async (settings) => (await import("./runner.mjs")).runner(settings),
  logs: async (settings) => (await import("./logs.mjs")).logs(settings),
};

// The SDK's notice about Node 20 has no place in the output of a plan.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

const [verb = ""] = process.argv.slice(2);
try {
  if (!Object.hasOwn(VERBS, verb))
    throw new Problem(`usage: infra.mjs ${Object.keys(VERBS).join("|")}`, { code: 64 });
  const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
  const readText = (path) => readFileSync(path, "utf8");
  const plans = ["plan", "deploy", "destroy"].includes(verb);
  await VERBS[verb](readSettings(process.env, root, { plans, readText }));
} catch (error) {
  if (!(error instanceof Problem)) throw error;
  process.stderr.write(`${error.message}\n${error.hint === undefined ? "" : `\n${error.hint}\n`}`);
  process.exitCode = error.code;
}
