/** `make longrun TARGET=…`: soaks what is deployed. The exit code is the soak's. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { readDeployed } from "./deployed.mjs";
import { withoutAccount } from "./local-services.mjs";

/** What the shipped designs do under a hostile platform (design.md §4); on AWS nobody knows what the platform will do. */
const EXPECTED = { "init-connect": "fail", "handler-connect": "pass" };

export async function soak(settings) {
  const deployed = await readDeployed(settings);
  const args = [join(settings.root, "dist", "longrun.js"), ...soakArguments(settings, deployed)];
  const env = settings.target === "local" ? withoutAccount(process.env) : process.env;
  const child = spawn(process.execPath, args, { stdio: "inherit", env, cwd: settings.root });
  const ignore = () => undefined;
  process.on("SIGINT", ignore);
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (status) => resolve(status ?? 130));
  });
  process.off("SIGINT", ignore);
  process.exitCode = code;
}

/** Pure. */
export function soakArguments({ target, duration, platform, seed, out }, { region, endpoint, functions }) {
  const labels = Object.keys(functions).sort();
  const named = labels.flatMap((label) => ["--function", `${label}=${functions[label].name}`]);
  const common = [
    "soak",
    "--region",
    region,
    "--duration",
    duration ?? "60s",
    ...named,
    ...(out === null ? [] : ["--out", out]),
  ];
  // The log of a managed peer is evidence; of a machine of the user's own there is none that we may read.
  const peerLogs = labels.flatMap((label) =>
    functions[label].peer_log_group == null
      ? []
      : ["--peer-log-group", `${label}=${functions[label].peer_log_group}`],
  );
  if (target === "aws") return [...common, "--target", "aws", ...peerLogs];
  const expected = labels
    .filter((label) => EXPECTED[label] !== undefined)
    .flatMap((label) => ["--expect", `${label}=${EXPECTED[label]}`]);
  return [
    ...common,
    "--endpoint",
    endpoint,
    "--platform",
    platform,
    "--seed",
    seed,
    ...(platform === "calm" ? [] : expected),
  ];
}
