/** Starts the same commands as the Makefile, as child processes in the repository root, with their data in a temporary folder. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env, execPath, kill } from "node:process";
import { fileURLToPath } from "node:url";
import { parseOutputs, type Outputs } from "../../../src/settings/deployed.ts";
import { processStart } from "../../../src/engine/process/running/process-start.ts";

export const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));

export interface CommandResult {
  readonly code: number;
  readonly output: string;
}
export class LocalTarget {
  readonly scratch = mkdtempSync(join(tmpdir(), "longrun-local-target-"));
  readonly folder = join(this.scratch, "data");

  /** Runs a command to its end. */
  async run(verb: string, variables: Readonly<Record<string, string>> = {}): Promise<CommandResult> {
    return this.ended(this.start(verb, variables));
  }

  start(verb: string, variables: Readonly<Record<string, string>> = {}): ChildProcess {
    const given = {
      AUTO_APPROVE: "1",
      TARGET: "local",
      LONGRUN_DATA: this.folder,
      NO_COLOR: "1",
      ...variables,
    };
    return spawn(execPath, ["--import", "tsx", join(ROOT, "scripts/infra/infra.ts"), verb], {
      cwd: ROOT,
      env: { ...env, ...given },
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  async ended(child: ChildProcess): Promise<CommandResult> {
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
    const code = await new Promise<number>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (status) => resolve(status ?? -1));
    });
    return { code, output };
  }

  state(): {
    readonly resources: readonly {
      readonly type: string;
      readonly mode: string;
      readonly instances: readonly unknown[];
    }[];
    readonly outputs: Readonly<Record<string, { readonly value: unknown }>>;
  } {
    return JSON.parse(
      readFileSync(join(this.folder, "terraform", "terraform.tfstate"), "utf8"),
    ) as ReturnType<LocalTarget["state"]>;
  }

  outputs(): Outputs & { readonly endpoint: string } {
    const values = Object.entries(this.state().outputs).map(([name, { value }]) => [name, value] as const);
    const read = parseOutputs(JSON.stringify(Object.fromEntries(values)));
    if (!read.ok) throw new Error(`expected ${read.expected}`);
    return { ...read.outputs, endpoint: read.outputs.endpoint ?? "" };
  }

  /** Returns the process ids of engine, moto and peer, by name. */
  processes(): Readonly<Record<string, number>> {
    const services = join(this.folder, "services");
    if (!existsSync(services)) return {};
    const notes = readdirSync(services).filter((name) => name.endsWith(".json"));
    return Object.fromEntries(
      notes.map((name) => [
        name.replace(".json", ""),
        (JSON.parse(readFileSync(join(services, name), "utf8")) as { pid: number }).pid,
      ]),
    );
  }

  /** Removes everything that the test created, even after a failure. */
  async close(): Promise<void> {
    await this.run("destroy");
    for (const pid of Object.values(this.processes())) if (isAlive(pid)) kill(pid, "SIGKILL");
    rmSync(this.scratch, { recursive: true, force: true });
  }
}

/** Returns whether a process is alive. A process that ended and was not yet reaped by its new parent accepts a signal, but is not alive. */
export function isAlive(pid: number): boolean {
  return processStart(pid) !== null;
}
