/** `make longrun TARGET=…`: soaks what is deployed. Returns the soak's exit code, or 0 if TOLERATE accepts the result. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Machine } from "../../harness/src/cli/machine.ts";
import { EXIT } from "../../harness/src/words/exit-codes.ts";
import type { FunctionOutput } from "../../harness/src/settings/deployed.ts";
import { readDeployed, type DeployedStack } from "./deployed.ts";
import { runLongrun } from "./longrun-command.ts";
import type { RunTarget } from "../../harness/src/words/target.ts";
import type { Settings } from "./settings.ts";
import { onlyNothingHappened, toleranceText } from "./tolerated.ts";
import { SOAK_SETTINGS } from "../../harness/src/settings/soak-settings.ts";

/**
 * The verdicts under a hostile platform (docs/designs.md). A local soak expects them with every platform profile but `calm`. A soak on AWS
 * expects none, because it is not known what AWS will do.
 */
export const EXPECTED: Readonly<Record<string, string>> = {
  "init-connect": "fail",
  "handler-connect": "pass",
};

const DURATION = SOAK_SETTINGS.duration.default;

export async function soak(settings: Settings, machine: Machine): Promise<number> {
  const args = soakArguments(settings, await readDeployed(settings));
  if (settings.tolerate === null) return (await runLongrun(settings, args)).code;
  const { code, stdout } = await runLongrun(settings, args, { stdout: "show" });
  if (code !== EXIT.inconclusive) return code;
  // The last line of a soak names its folder.
  const folder = resolve(settings.root, stdout.trimEnd().split("\n").at(-1) ?? "");
  const result: unknown = JSON.parse(readFileSync(join(folder, "result.json"), "utf8"));
  if (!onlyNothingHappened(result)) return code;
  machine.stdout.write(toleranceText(settings.inWorkflow));
  return EXIT.pass;
}

/**
 * The user's own machine to which a run will connect. Null if every peer is ours: a managed peer has a log group, and the local target's
 * peer is on loopback and uses our protocol.
 */
export function foreignPeer(target: RunTarget, functions: DeployedStack["functions"]): string | null {
  const isOurs = ({ peer, peer_log_group: log, peer_protocol: protocol }: FunctionOutput): boolean =>
    log != null || (target === "local" && protocol === "longrun" && peer?.startsWith("127.0.0.1:") === true);
  return Object.values(functions).find((one) => one.peer != null && !isOurs(one))?.peer ?? null;
}

export function soakArguments(
  settings: Pick<Settings, "target" | "duration" | "platform" | "seed" | "out" | "autoApprove">,
  { region, endpoint, functions }: Pick<DeployedStack, "region" | "endpoint" | "functions">,
): readonly string[] {
  const { target, duration, platform, seed, out, autoApprove } = settings;
  const labelled = Object.entries(functions).sort(([one], [other]) => (one < other ? -1 : 1));
  const foreign = foreignPeer(target, functions);
  const common = [
    "soak",
    "--region",
    region,
    "--duration",
    duration ?? DURATION[target],
    ...labelled.flatMap(([label, { name }]) => ["--function", `${label}=${name}`]),
    ...(out === null ? [] : ["--out", out]),
    // With --peer, the soak shows the address and the number of requests, and asks before it starts.
    ...(foreign === null ? [] : ["--peer", foreign]),
    ...(autoApprove ? ["--yes"] : []),
  ];
  // The log of a managed peer is evidence. The log of the user's own machine cannot be read here.
  const peerLogs = labelled.flatMap(([label, { peer_log_group: log }]) =>
    log == null ? [] : ["--peer-log-group", `${label}=${log}`],
  );
  if (target === "aws") return [...common, "--target", "aws", ...peerLogs];
  const expected = labelled.flatMap(([label]) =>
    EXPECTED[label] === undefined ? [] : ["--expect", `${label}=${EXPECTED[label]}`],
  );
  return [
    ...common,
    ...["--endpoint", endpoint ?? "", "--platform", platform, "--seed", seed],
    ...(platform === "calm" ? [] : expected),
  ];
}
