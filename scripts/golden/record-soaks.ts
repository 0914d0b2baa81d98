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
}

export interface RecordedSoak {
  readonly name: string;
  readonly folder: string;
}

export async function recordSoaks(
  command: string,
  { functions, platforms, seeds, duration, interval }: SoakPlan,
  {
    folder,
    jobs,
    progress,
  }: { readonly folder: string; readonly jobs: number; readonly progress: (line: string) => void },
): Promise<readonly RecordedSoak[]> {
  mkdirSync(folder, { recursive: true });
  const soaks = Array.from({ length: seeds }, (_, index) => String(index + 1)).flatMap((seed) =>
    platforms.map((platform) => ({
      name: `${platform}-${seed}`,
      folder: join(folder, `${platform}-${seed}-${duration}-${interval}`),
      flags: ["--platform", platform, "--seed", seed, "--duration", duration, "--interval", interval],
    })),
  );
  const missing = soaks.filter((soak) => !existsSync(join(soak.folder, "result.json")));
  if (missing.length > 0)
    progress(`${missing.length} of ${soaks.length} soaks of ${duration} are to be made`);
  await inParallel(missing, jobs, async (soak) => {
    rmSync(soak.folder, { recursive: true, force: true });
    const named = functions.flatMap((name) => ["--function", name]);
    await soakOnce(command, folder, [...named, ...soak.flags, "--out", soak.folder]);
    progress(`made ${soak.name}`);
  });
  return soaks.map((soak) => ({ name: soak.name, folder: soak.folder }));
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
