/** Runs local soaks with a built `longrun` command and caches their run directories. */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { eachOf } from "../../harness/src/adapters/aws/each-of.ts";

export interface SoakPlan {
  readonly functions: readonly string[];
  readonly platforms: readonly string[];
  /** The seeds are 1 to this number. */
  readonly seeds: number;
  readonly duration: string;
  readonly interval: string;
  /** The seeds of the longer soaks (`LONG`) are 1 to this number. */
  readonly longSeeds: number;
}

/** Soaks with many invocations: these designs close their connection in each of them. */
const LONG = { functions: ["handler-connect", "lease-connect"], duration: "90s", interval: "100ms" };

export interface RecordedSoak {
  readonly name: string;
  readonly folder: string;
  readonly functions: readonly string[];
}

interface FlaggedSoak extends RecordedSoak {
  readonly flags: readonly string[];
}

interface SoakShape {
  readonly functions: readonly string[];
  readonly duration: string;
  readonly interval: string;
}

function soaksOf(plan: SoakPlan, folder: string): readonly FlaggedSoak[] {
  const soak = (
    platform: string,
    seed: string,
    { functions, duration, interval }: SoakShape,
  ): FlaggedSoak => ({
    name: `${platform} ${seed} for ${duration}`,
    folder: join(folder, `${platform}-${seed}-${duration}-${interval}`),
    functions,
    flags: ["--platform", platform, "--seed", seed, "--duration", duration, "--interval", interval],
  });
  const ofSeeds = (count: number, shape: SoakShape): readonly FlaggedSoak[] =>
    Array.from({ length: count }, (_, index) => String(index + 1)).flatMap((seed) =>
      plan.platforms.map((platform) => soak(platform, seed, shape)),
    );
  return [...ofSeeds(plan.seeds, plan), ...ofSeeds(plan.longSeeds, LONG)];
}

export async function recordSoaks(
  command: string,
  plan: SoakPlan,
  {
    folder,
    jobs,
    progress,
  }: { readonly folder: string; readonly jobs: number; readonly progress: (line: string) => void },
): Promise<readonly RecordedSoak[]> {
  mkdirSync(folder, { recursive: true });
  const soaks = soaksOf(plan, folder);
  const missing = soaks.filter((soak) => !existsSync(join(soak.folder, "result.json")));
  if (missing.length > 0) progress(`${missing.length} of ${soaks.length} soaks are to be made`);
  await eachOf(missing, jobs, async (soak) => {
    rmSync(soak.folder, { recursive: true, force: true });
    const named = soak.functions.flatMap((name) => ["--function", name]);
    await soakOnce(command, folder, [...named, ...soak.flags, "--out", soak.folder]);
    progress(`made ${soak.name}`);
  });
  return soaks;
}

/** Any verdict is accepted; any other exit code is an error. */
function soakOnce(command: string, cwd: string, flags: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [command, "soak", ...flags], {
      cwd,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    child.stderr.on("data", (bytes: Buffer) => (said += bytes.toString("utf8")));
    child.once("error", reject);
    child.once("close", (code) =>
      code !== null && code <= 2
        ? resolve()
        : reject(new Error(`soak ${flags.join(" ")} ended with ${String(code)}:\n${said}`)),
    );
  });
}
