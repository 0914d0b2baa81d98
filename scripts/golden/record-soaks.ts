/** Makes the run directories that two versions judge: local soaks with a built command, kept in a cache and made once. */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { inParallel } from "./in-parallel.ts";

export interface SoakPlan {
  readonly functions: readonly string[];
  readonly platforms: readonly string[];
  /** Seeds 1 to this number. */
  readonly seeds: number;
  readonly duration: string;
  readonly interval: string;
  /** Soaks with many invocations between two events of the platform, of which most can be only counted: seeds 1 to this number. */
  readonly denseSeeds: number;
  readonly denseInterval: string;
}

export interface RecordedSoak {
  readonly name: string;
  readonly folder: string;
}

interface Soak extends RecordedSoak {
  readonly flags: readonly string[];
}

function soaksOf(plan: SoakPlan, folder: string): readonly Soak[] {
  const { platforms, duration, seeds, interval, denseSeeds, denseInterval } = plan;
  const soak = (platform: string, seed: number, every: string): Soak => ({
    name: `${platform} ${seed} every ${every}`,
    folder: join(folder, `${platform}-${seed}-${duration}-${every}`),
    flags: ["--platform", platform, "--seed", String(seed), "--duration", duration, "--interval", every],
  });
  const ofSeeds = (count: number, every: string): readonly Soak[] =>
    Array.from({ length: count }, (_, index) => index + 1).flatMap((seed) =>
      platforms.map((platform) => soak(platform, seed, every)),
    );
  return [...ofSeeds(seeds, interval), ...ofSeeds(denseSeeds, denseInterval)];
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
  if (missing.length > 0)
    progress(`${missing.length} of ${soaks.length} soaks of ${plan.duration} are to be made`);
  await inParallel(missing, jobs, async (soak) => {
    rmSync(soak.folder, { recursive: true, force: true });
    const named = plan.functions.flatMap((name) => ["--function", name]);
    await soakOnce(command, folder, [...named, ...soak.flags, "--out", soak.folder]);
    progress(`made ${soak.name}`);
  });
  return soaks;
}

/** A verdict of any kind is fine; a run directory without a result is not. */
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
