/** `make longrun TARGET=…`: soaks what is deployed. The exit code is the soak's, but for what TOLERATE lets pass. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { readDeployed } from "./deployed.mjs";
import { withoutAccount } from "./local-services.mjs";
import { onlyNothingHappened, toleranceText } from "./tolerated.mjs";

const INCONCLUSIVE = 2;

/** What the shipped designs do under a hostile platform (docs/designs.md); on AWS nobody knows what the platform will do. */
const EXPECTED = { "init-connect": "fail", "handler-connect": "pass" };

export async function soak(settings) {
  const deployed = await readDeployed(settings);
  const args = [join(settings.root, "dist", "longrun.js"), ...soakArguments(settings, deployed)];
  const env = settings.target === "local" ? withoutAccount(process.env) : process.env;
  const tolerates = settings.tolerate !== null;
  const child = spawn(process.execPath, args, {
    stdio: ["inherit", tolerates ? "pipe" : "inherit", "inherit"],
    env,
    cwd: settings.root,
  });
  let shown = "";
  child.stdout?.setEncoding("utf8").on("data", (text) => {
    shown += text;
    process.stdout.write(text);
  });
  const ignore = () => undefined;
  process.on("SIGINT", ignore);
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => resolve(status ?? 130));
  });
  process.off("SIGINT", ignore);
  process.exitCode = code;
  if (!tolerates || code !== INCONCLUSIVE) return;
  // The last line of a soak names its folder.
  const folder = resolve(settings.root, shown.trimEnd().split("\n").at(-1));
  if (!onlyNothingHappened(JSON.parse(readFileSync(join(folder, "result.json"), "utf8")))) return;
  process.stdout.write(toleranceText(settings.inWorkflow));
  process.exitCode = 0;
}

/**
 * The machine of somebody's own that a run will connect to, or null: a managed peer has a log of ours, and the local target's own
 * peer is on loopback and speaks our protocol. Pure.
 */
export function foreignPeer(target, functions) {
  const foreign = Object.values(functions).find(
    ({ peer, peer_log_group: log, peer_protocol: protocol }) =>
      peer !== undefined &&
      log == null &&
      !(target === "local" && protocol === "longrun" && peer.startsWith("127.0.0.1:")),
  );
  return foreign?.peer ?? null;
}

/** Pure. */
export function soakArguments(
  { target, duration, platform, seed, out, autoApprove },
  { region, endpoint, functions },
) {
  const labels = Object.keys(functions).sort();
  const named = labels.flatMap((label) => ["--function", `${label}=${functions[label].name}`]);
  const foreign = foreignPeer(target, functions);
  const common = [
    "soak",
    "--region",
    region,
    "--duration",
    duration ?? "60s",
    ...named,
    ...(out === null ? [] : ["--out", out]),
    // With it the soak says host, port and how many requests will come, and asks.
    ...(foreign === null ? [] : ["--peer", foreign]),
    ...(autoApprove ? ["--yes"] : []),
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
